package org.postel.mailbox.server;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.postel.mailbox.transit.TransitSettings;

/** What is remembered of mail on its way. */
@ConfigMapping(prefix = "postel.mailbox.transit")
public interface TransitConfig {

    /** How long a message may take to its end without being listed as queued; so late the list is, too. */
    @WithDefault("5s")
    Duration settle();

    /** How long an entry of the list lives whose end no trace tells; longer than postel.delivery.give-up-after. */
    @WithDefault("6d")
    Duration queued();

    /** How long the journey of a message can be asked for. */
    @WithDefault("14d")
    Duration journey();

    /** As the transit package takes it. */
    default TransitSettings settings() {
        return new TransitSettings(settle(), queued(), journey());
    }
}
