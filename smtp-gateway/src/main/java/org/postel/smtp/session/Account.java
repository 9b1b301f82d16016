package org.postel.smtp.session;

import java.util.Set;

/**
 * Who logged in.
 *
 * @param address   the account's address
 * @param addresses canonical forms of all addresses it may send from, its own among them
 */
public record Account(String address, Set<String> addresses) {

    public Account {
        addresses = Set.copyOf(addresses);
    }
}
