package org.postel.mailbox.server;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.postel.mailbox.admin.OperatorTokens;
import org.postel.mailbox.identity.IssuedTokens;

/** Who may use the admin API. Needs neither Cassandra nor Kafka, so it is closed to others from the first second. */
@Singleton
class Security {

    @Produces
    @Singleton
    OperatorTokens operators(IdentityConfig config) {
        IssuedTokens tokens = new IssuedTokens(config.settings(), config.adminAudience(), Clock.systemUTC());
        return new OperatorTokens(tokens, config.adminSubjects());
    }
}
