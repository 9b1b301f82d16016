package org.postel.mailbox.server;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.postel.mailbox.dkim.DkimSettings;

/** How the keys that sign mail of our domains are changed. */
@ConfigMapping(prefix = "postel.mailbox.dkim")
public interface DkimConfig {

    /** Age of a domain's newest keys at which others are made; 0: only when an operator says so. */
    @WithDefault("180d")
    Duration rotateAfter();

    /** How long the records of new keys are shown before they sign. */
    @WithDefault("3d")
    Duration lead();

    /** How long the records of old keys are shown after they signed last; longer than postel.delivery.give-up-after. */
    @WithDefault("14d")
    Duration kept();

    /** Whether new keys also wait until DNS has their records. */
    @WithDefault("true")
    boolean checkDns();

    /** How often keys are looked after. */
    @WithDefault("1h")
    Duration interval();

    /** As the dkim package takes it. */
    default DkimSettings settings() {
        return new DkimSettings(rotateAfter(), lead(), kept(), checkDns());
    }
}
