package org.postel.mailbox.server;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long locks outlive a holder that died. */
@ConfigMapping(prefix = "postel.mailbox.lease")
public interface LeaseConfig {

    /** A POP3 session's maildrop (RFC 1939 §4); its gateway renews it. Whole seconds. */
    @WithDefault("60s")
    Duration maildrop();

    /** The leadership of the sweeper, and of changing DKIM keys; its holder renews it. Whole seconds. */
    @WithDefault("60s")
    Duration sweeper();

    /** How often the store is swept. */
    @WithDefault("10m")
    Duration sweepInterval();
}
