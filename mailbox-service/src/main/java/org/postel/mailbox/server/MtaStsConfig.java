package org.postel.mailbox.server;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.postel.mailbox.web.PolicyMode;
import org.postel.mailbox.web.PolicySettings;

/** Our own MTA-STS policy, served at /.well-known/mta-sts.txt of mta-sts.DOMAIN (RFC 8461); it counts once DNS says that it is there. */
@ConfigMapping(prefix = "postel.mailbox.mta-sts")
public interface MtaStsConfig {

    /** What other servers do when they cannot prove who we are: enforce (mail waits), testing (it comes, they report), none (it comes). */
    @WithDefault("testing")
    PolicyMode mode();

    /** Names of our mail servers as MX records have them, a star for the leftmost label allowed; not set: postel.hostname. */
    Optional<List<String>> mx();

    /** How long other servers remember it; a year at most. */
    @WithDefault("7d")
    Duration maxAge();

    /** As it is served. */
    default PolicySettings settings(String hostname) {
        return new PolicySettings(mode(), mx().orElse(List.of(hostname)), maxAge());
    }
}
