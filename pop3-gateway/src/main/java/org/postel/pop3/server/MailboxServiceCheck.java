package org.postel.pop3.server;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.postel.mailbox.api.MailboxServiceClient;
import org.postel.mailbox.api.MailboxServiceException;
import org.postel.mailbox.api.v1.RenewRequest;

/** Ready: mailbox-service answers and knows this service's token. */
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
            // Renewing no session is refused, which is an answer, and costs nothing.
            client.directory().renew(RenewRequest.getDefaultInstance());
            return HealthCheckResponse.up(NAME);
        } catch (MailboxServiceException e) {
            return HealthCheckResponse.named(NAME).down().withData("reason", e.reason().name()).build();
        }
    }
}
