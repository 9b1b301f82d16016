package org.postel.smtp.filter;

import java.util.List;

/**
 * What blocklists say of an address.
 *
 * @param zones  those that list it
 * @param weight of all of them together
 */
public record Listing(List<String> zones, int weight) {

    /** On no list, or nobody answered. */
    static final Listing NONE = new Listing(List.of(), 0);

    public Listing {
        zones = List.copyOf(zones);
    }
}
