package org.postel.smtp.server;

import io.prometheus.client.exemplars.ExemplarSampler;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.postel.tracing.Exemplars;
import org.postel.tracing.Tracing;

/** Gives the parts of this process its traces, and its metrics their exemplars. */
@Singleton
class Traced {

    @Produces
    @Singleton
    Tracing tracing(TracingConfig config) {
        return Tracing.of(config.settings(), "smtp-gateway");
    }

    void close(@Disposes Tracing tracing) {
        tracing.close();
    }

    /** In the place of none, which is what the registry of metrics takes otherwise. */
    @Produces
    @Singleton
    @Alternative
    @Priority(1)
    Optional<ExemplarSampler> exemplars(Tracing tracing) {
        return Exemplars.of(tracing);
    }
}
