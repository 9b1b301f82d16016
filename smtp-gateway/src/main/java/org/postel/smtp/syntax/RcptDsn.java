package org.postel.smtp.syntax;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.postel.mail.dsn.Xtext;

/**
 * What RCPT says about delivery status notifications: RFC 3461 §4.1 and §4.2.
 *
 * @param when   when the sender wants to be told; empty when that was not said, which means of failures
 * @param orcpt  the recipient as the sender knew it, {@code addr-type ";" xtext} as it came, at most 500 characters; empty when
 *               that was not said
 */
public record RcptDsn(Set<Notify> when, String orcpt) {

    /** When the sender wants to be told. */
    public enum Notify {
        /** Stands alone. */
        NEVER,
        /** When the message was delivered. */
        SUCCESS,
        /** When it cannot be. */
        FAILURE,
        /** When it takes long. */
        DELAY
    }

    /** Nothing was said. */
    public static final RcptDsn NONE = new RcptDsn(Set.of(), "");

    // addr-type ";" xtext ; RFC 3461 §4.2. The types of IANA's registry are letters, digits and hyphens.
    private static final Pattern ORCPT = Pattern.compile(
        "(?=.{1,500}$)[A-Za-z0-9-]+;([!-*,-<>-~]|\\+([2-6][0-9A-F]|7[0-9A-E]|09|[89A-F][0-9A-F]))+");
    // What the xtext stands for is printable ASCII, as in ENVID; or, as Postfix hands on addresses of SMTPUTF8, the octets of such
    // an address.
    private static final Pattern PRINTABLE = Pattern.compile("([\\x20-\\x7e\t]|[\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}&&[^\\x00-\\x7f\\ufffd]])+");
    // utf-8-addr-unitext = 1*(QUCHAR / EmbeddedUnicodeChar) ; RFC 6533 §3. Of UTF8-non-ascii what is neither control, format nor
    // space, as in addresses.
    private static final Pattern INTERNATIONAL_ORCPT = Pattern.compile(
        "(?=.{1,500}$)(?i:utf-8);([!-*,-<>-~]|[\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}&&[^\\x00-\\x7f]])+");

    /** @throws IllegalArgumentException when a value is none */
    public RcptDsn {
        // Copied in the order of the enumeration.
        when = when.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(when));
        if (when.contains(Notify.NEVER) && when.size() > 1 || !orcpt.isEmpty() && !isOrcpt(orcpt)) {
            throw new IllegalArgumentException("no parameter of DSN");
        }
    }

    static boolean isOrcpt(String text) {
        return ORCPT.matcher(text).matches() && PRINTABLE.matcher(Xtext.decode(text)).matches() || INTERNATIONAL_ORCPT.matcher(text).matches();
    }

    // notify-esmtp-value = "NEVER" / 1#notify-list-element ; RFC 3461 §4.1
    static Optional<Set<Notify>> readNotify(String text) {
        Set<Notify> list = EnumSet.noneOf(Notify.class);
        for (String element : text.split(",", -1)) {
            Optional<Notify> known = Set.of(Notify.values()).stream().filter(each -> each.name().equalsIgnoreCase(element)).findFirst();
            if (known.isEmpty()) {
                return Optional.empty();
            }
            list.add(known.get());
        }
        return list.contains(Notify.NEVER) && list.size() > 1 ? Optional.empty() : Optional.of(list);
    }

    /** The value of NOTIFY, in upper case; empty when it was not said. */
    public String notifyValue() {
        return when.stream().map(Notify::name).collect(Collectors.joining(","));
    }

    /** Whether it needs a transaction with SMTPUTF8. */
    public boolean international() {
        return orcpt.chars().anyMatch(c -> c >= 0x80);
    }
}
