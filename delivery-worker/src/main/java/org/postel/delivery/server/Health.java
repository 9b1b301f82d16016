package org.postel.delivery.server;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/** What the process tells about itself. Being alive, or started, never depends on another process: where Kafka is away, a new process would wait as well. */
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
    HealthCheck started(DeliveryWorker worker) {
        return () -> HealthCheckResponse.named("process").status(worker.stages().isPresent()).build();
    }

    @Produces
    @Readiness
    @ApplicationScoped
    HealthCheck ready(DeliveryWorker worker) {
        return () -> {
            boolean taking = worker.stages().map(Stages::taking).orElse(false);
            boolean queue = worker.stages().map(Stages::queueReachable).orElse(false);
            boolean mailbox = worker.stages().map(Stages::mailboxReachable).orElse(false);
            return HealthCheckResponse.named("delivery").status(taking && queue && mailbox)
                    .withData("taking", taking).withData("queue", queue).withData("mailbox-service", mailbox).build();
        };
    }
}
