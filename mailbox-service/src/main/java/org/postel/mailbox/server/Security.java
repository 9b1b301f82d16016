package org.postel.mailbox.server;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.postel.mailbox.admin.Callers;
import org.postel.mailbox.admin.OperatorTokens;
import org.postel.mailbox.authority.ApiTokens;
import org.postel.mailbox.identity.IssuedTokens;

/** Who may use the admin API. An operator is known without Cassandra and Kafka; whoever else asks is refused until these answer. */
@Singleton
class Security {

    @Produces
    @Singleton
    Callers callers(IdentityConfig config, ApiTokens made) {
        IssuedTokens tokens = new IssuedTokens(config.settings(), config.adminAudience(), Clock.systemUTC());
        return new Callers(new OperatorTokens(tokens, config.adminSubjects()), made);
    }
}
