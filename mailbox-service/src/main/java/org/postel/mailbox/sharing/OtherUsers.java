package org.postel.mailbox.sharing;

import java.util.Optional;

/**
 * Names in the other users' namespace (RFC 2342): {@code Other Users/ann@example.test/Work}.
 *
 * @param address of the owner
 * @param name    as the owner calls the mailbox
 */
record OtherUsers(String address, String name) {

    static final String ROOT = "Other Users";
    private static final String PREFIX = ROOT + "/";

    /** Empty when it is a name of one's own. */
    static Optional<OtherUsers> parse(String full) {
        if (!full.startsWith(PREFIX)) {
            return Optional.empty();
        }
        String rest = full.substring(PREFIX.length());
        int end = rest.indexOf('/');
        return Optional.of(end < 0 ? new OtherUsers(rest, "") : new OtherUsers(rest.substring(0, end), rest.substring(end + 1)));
    }

    static boolean isReserved(String full) {
        return full.equals(ROOT) || full.startsWith(PREFIX);
    }

    String full() {
        return PREFIX + address + "/" + name;
    }

    /** Addresses that could be no level of a name share nothing. */
    static boolean canName(String address) {
        return address.chars().noneMatch(letter -> letter == '/' || letter == '%' || letter == '*');
    }
}
