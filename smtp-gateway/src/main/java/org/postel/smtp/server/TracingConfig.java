package org.postel.smtp.server;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.postel.tracing.TracingSettings;

/** Which traces are recorded, and who is sent them; shared by all services. */
@ConfigMapping(prefix = "postel.tracing")
public interface TracingConfig {

    /** The collector that spans are sent to, as OTLP over HTTP, such as http://collector:4318; not set: nothing is recorded, and nothing is spent on it. */
    Optional<URI> endpoint();

    /** How many of the traces that begin in this service are recorded, from 0 to 1; one that began elsewhere is if it was there. */
    @WithDefault("0.1")
    double ratio();

    /** How long spans are gathered before they are sent together. */
    @WithDefault("5s")
    Duration interval();

    /** As the library takes it. */
    default TracingSettings settings() {
        return new TracingSettings(endpoint(), ratio(), interval());
    }
}
