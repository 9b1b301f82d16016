package org.postel.delivery.server;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Where mailbox-service is; shared by all who call it. */
@ConfigMapping(prefix = "postel.mailbox-client")
public interface MailboxClientConfig {

    /** host:port of its pods, separated by commas; a name that resolves to several addresses stands for all of them. */
    @WithDefault("127.0.0.1:9090")
    List<String> addresses();

    /** File with the JWT that says which service calls; read again when it changes. */
    @WithDefault(".postel/keys/delivery-worker.token")
    Path serviceTokenFile();

    /** Longest an ordinary call may take. */
    @WithDefault("10s")
    Duration deadline();
}
