package org.postel.mail.rule;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What a rule asks of a message. */
public sealed interface Condition {

    /**
     * A field of the header: RFC 5228 §5.7, and where it has addresses also each of these by itself (§5.1). True where one of several fits.
     *
     * @param name  of the field, in lower case
     * @param match how it is compared
     * @param value what with, 1 to 200 characters, without regard to case
     * @param not   true where none fits, and where there is no such field
     */
    record Field(String name, Match match, String value, boolean not) implements Condition {

        private static final int LONGEST = 200;
        /** RFC 5322 §2.2: printable characters but the colon. */
        private static final Pattern NAME = Pattern.compile("[!-9;-~]{1,76}");
        private static final Set<String> WITH_ADDRESSES = Set.of("from", "to", "cc", "bcc", "sender", "reply-to", "resent-from", "resent-sender",
                "resent-to", "resent-cc", "resent-bcc");

        public Field {
            name = name.toLowerCase(Locale.ROOT);
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("not the name of a header field");
            }
            if (value.isEmpty() || value.length() > LONGEST || value.chars().anyMatch(Character::isISOControl)) {
                throw new IllegalArgumentException("a condition's value has 1 to " + LONGEST + " characters, none of them a control character");
            }
        }

        /** Whether the field is one of addresses. */
        boolean hasAddresses() {
            return WITH_ADDRESSES.contains(name);
        }
    }

    /**
     * The whole message's size: RFC 5228 §5.9.
     *
     * @param over   larger, else smaller
     * @param octets than this
     */
    record Size(boolean over, long octets) implements Condition {

        /** What every implementation of Sieve can read: RFC 5228 §2.4.1. */
        private static final long MOST = Integer.MAX_VALUE;

        public Size {
            if (octets < 0 || octets > MOST) {
                throw new IllegalArgumentException("a size has 0 to " + MOST + " octets");
            }
        }
    }
}
