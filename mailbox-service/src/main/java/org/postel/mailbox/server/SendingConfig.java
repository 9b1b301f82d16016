package org.postel.mailbox.server;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.postel.mailbox.sending.Limits;

/** How much may be sent by those who logged in, over all gateways. Hours are those of the clock, days those of UTC. */
@ConfigMapping(prefix = "postel.mailbox.sending")
public interface SendingConfig {

    /** Each account that has no limits of its own ({@code ./postel account limits}). */
    Most account();

    /** All accounts together of each domain that has no limits of its own ({@code ./postel domain limits}). */
    Most domain();

    /** How long mail to an address is given up at once after its server said that it does not exist; 0: it is always tried. */
    @WithDefault("30d")
    Duration suppressFor();

    /** Most domains whose MTA-STS policies (RFC 8461) are kept to their end, for all delivery-workers. */
    @WithDefault("100000")
    int stsPolicies();

    /** How much; what a gateway was granted in advance and does not use within a minute counts as sent. */
    interface Most {

        /** Most messages in an hour; 0: no limit. */
        @WithDefault("0")
        int messagesPerHour();

        /** Most recipients of all messages in an hour; 0: no limit. */
        @WithDefault("0")
        int recipientsPerHour();

        /** Most messages in a day; 0: no limit. */
        @WithDefault("0")
        int messagesPerDay();

        /** Most recipients of all messages in a day; 0: no limit. */
        @WithDefault("0")
        int recipientsPerDay();

        /** As they are counted. */
        default Limits limits() {
            return new Limits(new Limits.Amount(messagesPerHour(), recipientsPerHour()), new Limits.Amount(messagesPerDay(), recipientsPerDay()));
        }
    }
}
