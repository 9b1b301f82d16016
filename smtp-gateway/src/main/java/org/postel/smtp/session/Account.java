package org.postel.smtp.session;

import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Who logged in.
 *
 * @param address   the account's address
 * @param addresses canonical forms of all addresses it may send from, its own among them
 * @param stands    whether the login still holds: neither the password was changed nor the account switched off. May ask over the network
 */
public record Account(String address, Set<String> addresses, BooleanSupplier stands) {

    public Account {
        addresses = Set.copyOf(addresses);
    }
}
