package org.postel.pop3.server;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.postel.mailbox.api.MailboxServiceClient;
import org.postel.mailbox.api.MailboxServiceException;

/** Ready: mailbox-service answers, knows this service's token, and has a database that answers. */
@Readiness
@ApplicationScoped
public class MailboxServiceCheck implements HealthCheck {

    private static final String NAME = "mailbox-service";

    private final MailboxServiceClient client;

    MailboxServiceCheck(MailboxServiceClient client) {
        this.client = client;
    }

    @Override
    public HealthCheckResponse call() {
        try {
            return HealthCheckResponse.named(NAME).status(client.directory().ready()).build();
        } catch (MailboxServiceException e) {
            return HealthCheckResponse.named(NAME).down().withData("reason", e.reason().name()).build();
        }
    }
}
