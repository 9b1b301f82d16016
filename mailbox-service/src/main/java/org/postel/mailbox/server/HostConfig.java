package org.postel.mailbox.server;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Who this host says it is; shared by all services. */
@ConfigMapping(prefix = "postel")
public interface HostConfig {

    /** The name in greetings and trace lines: in a cluster the name the MX record gives. */
    @WithDefault("localhost")
    String hostname();
}
