package org.postel.mailbox.server;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while Cassandra answers and the process is not on its way out. */
@Readiness
@ApplicationScoped
class DatabaseHealth implements HealthCheck {

    private final MailboxService service;

    @Inject
    DatabaseHealth(MailboxService service) {
        this.service = service;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("mail store").status(service.ready()).build();
    }
}
