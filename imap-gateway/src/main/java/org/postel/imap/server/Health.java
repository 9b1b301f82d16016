package org.postel.imap.server;

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
    HealthCheck started(Probe probe) {
        return () -> HealthCheckResponse.named("ports").status(probe.running()).build();
    }

    @Produces
    @Readiness
    @ApplicationScoped
    HealthCheck ready(Probe probe) {
        return () -> HealthCheckResponse.named("imap")
                .status(probe.running() && probe.reachable())
                .withData("accepting", probe.running())
                .withData("mailbox-service", probe.reachable())
                .build();
    }
}
