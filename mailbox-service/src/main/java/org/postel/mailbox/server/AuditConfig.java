package org.postel.mailbox.server;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What administrators did. */
@ConfigMapping(prefix = "postel.mailbox.audit")
public interface AuditConfig {

    /** How long it is known what an administrator did; 1 to 7000 days. */
    @WithDefault("400d")
    Duration kept();
}
