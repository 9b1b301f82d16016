package org.postel.delivery.smtp;

import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Writes the parameters by which a server learns what the sender wants to be told: RFC 3461 §5.2.1. Each goes on as it came;
 * one that is not of its form is left out, for it could be a command of somebody else.
 */
final class StatusParameters {

    // xtext = *( xchar / hexchar ); RFC 3461 §4. An envelope id has at most 100 octets: §4.4.
    private static final String XTEXT = "(?:[!-*,-<>-~]|\\+[0-9A-F]{2})";
    private static final Pattern ENVELOPE_ID = Pattern.compile("(?=.{1,100}$)" + XTEXT + "+");
    private static final Pattern RETURN = Pattern.compile("FULL|HDRS");
    // notify-list-element = "SUCCESS" / "FAILURE" / "DELAY"; RFC 3461 §4.1
    private static final Pattern NOTIFY = Pattern.compile("NEVER|(?:SUCCESS|FAILURE|DELAY)(?:,(?:SUCCESS|FAILURE|DELAY)){0,2}");
    // original-recipient-address = addr-type ";" xtext; RFC 3461 §4.2, at most 500 octets
    private static final Pattern ORIGINAL = Pattern.compile("(?=.{1,500}$)[A-Za-z0-9-]+;" + XTEXT + "+");

    private StatusParameters() {
    }

    /** Those of MAIL, each after a blank. */
    static String ofMail(OutgoingMail.Wishes wishes) {
        return parameter("RET", wishes.returnContent().toUpperCase(Locale.ROOT), RETURN)
                + parameter("ENVID", wishes.envelopeId(), ENVELOPE_ID);
    }

    /** Those of RCPT, each after a blank. */
    static String ofRecipient(To to) {
        return parameter("NOTIFY", to.notifyOn().toUpperCase(Locale.ROOT), NOTIFY)
                + parameter("ORCPT", plain(to.originalRecipient()), ORIGINAL);
    }

    // utf-8-addr-xtext = 1*( QCHAR / EmbeddedUnicodeChar ): RFC 6533 §3, the form for any server.
    private static String plain(String original) {
        return !original.regionMatches(true, 0, "utf-8;", 0, 6) ? original : original.codePoints()
                .mapToObj(point -> point < 128 ? Character.toString(point) : "\\x{%X}".formatted(point)).collect(Collectors.joining());
    }

    private static String parameter(String keyword, String value, Pattern form) {
        return form.matcher(value).matches() ? " " + keyword + "=" + value : "";
    }
}
