package org.postel.mail;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * The trace line a server puts before a mail: RFC 5321 §4.4.
 *
 * @param from      whom it came from, or empty when that is not to be told
 * @param by        our host name
 * @param with      how the mail came
 * @param id        names it here
 * @param recipient the one recipient, when there is just one: with more, each would learn of the others (RFC 5321 §7.2)
 * @param at        when
 */
public record Received(Optional<From> from, String by, TransmissionProtocol with, QueueId id,
                       Optional<String> recipient, ZonedDateTime at) {

    // RFC 5322 §3.3: English names, whatever the locale of the process; day with or without a leading zero, here without.
    private static final DateTimeFormatter DATE_TIME = DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH);

    /**
     * The client: {@code Extended-Domain} of RFC 5321 §4.4.
     *
     * @param helo    what it called itself
     * @param address where it connected from
     */
    public record From(String helo, InetAddress address) {

        /** @throws IllegalArgumentException when the name has a control */
        public From {
            requireNoControl(helo);
        }

        @Override
        public String toString() {
            String tag = address instanceof Inet6Address ? "IPv6:" : "";
            return helo + " ([" + tag + address.getHostAddress().replaceFirst("%.*", "") + "])";
        }
    }

    // RFC 5321 §4.4 wants a domain here, whatever there is to say.
    private static final String UNKNOWN = "unknown";

    /**
     * @throws IllegalArgumentException when a text has a control: it would become a line of its own (SAFETY row 11)
     */
    public Received {
        requireNoControl(by);
        recipient.ifPresent(Received::requireNoControl);
    }

    /** A date and time as header fields write them: RFC 5322 §3.3. */
    public static String dateTime(ZonedDateTime at) {
        return DATE_TIME.format(at);
    }

    /** The whole field, folded, each line ended by CRLF. */
    @Override
    public String toString() {
        String target = recipient.map(r -> "\r\n\tfor <" + r + ">").orElse("");
        return "Received: from " + from.map(From::toString).orElse(UNKNOWN) + "\r\n"
            + "\tby " + by + " with " + with + " id " + id + target + ";\r\n"
            + "\t" + dateTime(at) + "\r\n";
    }

    private static void requireNoControl(String text) {
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a control in a trace line");
        }
    }
}
