package org.postel.smtp.server;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/** What the process tells about itself. Being alive never depends on another process. */
@ApplicationScoped
class Health {

    @Produces
    @Liveness
    @ApplicationScoped
    HealthCheck live() {
        return () -> HealthCheckResponse.up("process");
    }

    @Produces
    @Startup
    @ApplicationScoped
    HealthCheck started(Probes probes) {
        return () -> HealthCheckResponse.named("ports").status(probes.running()).build();
    }

    @Produces
    @Readiness
    @ApplicationScoped
    HealthCheck ready(Probes probes) {
        return () -> HealthCheckResponse.named("smtp")
            .status(probes.running() && probes.queueReachable() && probes.mailboxReachable())
            .withData("accepting", probes.running())
            .withData("queue", probes.queueReachable())
            .withData("mailbox-service", probes.mailboxReachable())
            .build();
    }
}
