package org.postel.mailbox.server;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;

/** Started once the process is up: calls are listened for when the database answers, however long that takes. */
@Startup
@ApplicationScoped
class StartedHealth implements HealthCheck {

    private final MailboxService service;

    @Inject
    StartedHealth(MailboxService service) {
        this.service = service;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("started").status(service.started()).build();
    }
}
