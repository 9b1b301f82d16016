package org.postel.delivery.route;

import java.time.Duration;
import java.util.List;

/**
 * What is answered to mail for an account whose owner is away.
 *
 * @param id        tells it from another answer of this account
 * @param text      lines end in LF
 * @param period    nobody gets it twice within
 * @param addresses of the account, its own first
 */
public record Absence(String id, String subject, String text, Duration period, List<String> addresses) {

    public Absence {
        addresses = List.copyOf(addresses);
    }
}
