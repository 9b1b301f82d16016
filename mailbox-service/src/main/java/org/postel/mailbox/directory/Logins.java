package org.postel.mailbox.directory;

import java.util.List;
import java.util.Optional;

/**
 * The ways to log in.
 *
 * @param password   PLAIN and LOGIN, and whose session goes on
 * @param scram      SCRAM-SHA-256 and -PLUS
 * @param token      OAUTHBEARER and XOAUTH2, where an issuer is configured
 * @param mechanisms the SASL mechanisms that are offered
 */
public record Logins(Authentication password, ScramLogins scram, Optional<TokenLogins> token, List<String> mechanisms) {

    public Logins {
        mechanisms = List.copyOf(mechanisms);
    }
}
