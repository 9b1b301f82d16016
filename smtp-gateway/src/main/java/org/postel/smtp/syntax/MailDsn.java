package org.postel.smtp.syntax;

import java.util.regex.Pattern;

/**
 * What MAIL says about delivery status notifications: RFC 3461 §4.3 and §4.4.
 *
 * @param ret   what of the message a notification brings back, {@code FULL} or {@code HDRS}; empty when that was not said
 * @param envid names the message for the sender, in xtext as it came, at most 100 characters; empty when that was not said
 */
public record MailDsn(String ret, String envid) {

    /** Nothing was said. */
    public static final MailDsn NONE = new MailDsn("", "");

    static final Pattern RET = Pattern.compile("FULL|HDRS");
    // RFC 3461 §4.4: what the xtext stands for is printable ASCII. A coded CR or LF would be a line of its own in the
    // notification (SAFETY row 11).
    static final Pattern ENVID = Pattern.compile("(?=.{1,100}$)([!-*,-<>-~]|\\+([2-6][0-9A-F]|7[0-9A-E]|09))+");

    /** @throws IllegalArgumentException when a value is none */
    public MailDsn {
        if (!ret.isEmpty() && !RET.matcher(ret).matches() || !envid.isEmpty() && !ENVID.matcher(envid).matches()) {
            throw new IllegalArgumentException("no parameter of DSN");
        }
    }
}
