package org.postel.pop3.server;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.postel.mailbox.api.MailboxClientSettings;
import org.postel.mailbox.api.MailboxServiceClient;

/** The one client of mailbox-service in this process. */
@ApplicationScoped
public class MailboxService {

    @Produces
    @Singleton
    MailboxServiceClient client(MailboxClientConfig config) {
        MailboxClientSettings defaults = MailboxClientSettings.of(config.addresses(), config.serviceTokenFile());
        return new MailboxServiceClient(new MailboxClientSettings(defaults.addresses(), defaults.serviceTokenFile(),
                config.deadline(), defaults.longDeadline(), defaults.stallTimeout(), defaults.connectTimeout(),
                defaults.keepAlive(), defaults.keepAliveTimeout(), defaults.resolveInterval(), defaults.maxMessageBytes(),
                defaults.streamWindow()));
    }

    void close(@Disposes MailboxServiceClient client) {
        client.close();
    }
}
