package org.postel.pop3.server;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/** Started: the ports are bound. Ready: they are, and the process is not draining. */
@Startup
@Readiness
@ApplicationScoped
public class AcceptingCheck implements HealthCheck {

    private final Pop3Service service;

    AcceptingCheck(Pop3Service service) {
        this.service = service;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("accepting connections").status(service.accepting()).build();
    }
}
