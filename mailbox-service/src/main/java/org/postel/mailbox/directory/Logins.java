package org.postel.mailbox.directory;

import java.util.List;

/**
 * The ways to log in.
 *
 * @param password   PLAIN and LOGIN, and whose session goes on
 * @param scram      SCRAM-SHA-256 and -PLUS
 * @param mechanisms the SASL mechanisms that are offered
 */
public record Logins(Authentication password, ScramLogins scram, List<String> mechanisms) {

    public Logins {
        mechanisms = List.copyOf(mechanisms);
    }
}
