package org.postel.imap.server;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import org.postel.clients.ClientExchange;
import org.postel.clients.ClientRates;
import org.postel.imap.backend.DirectoryAccounts;
import org.postel.imap.backend.EventReader;
import org.postel.imap.backend.Subscribers;
import org.postel.mailbox.api.MailboxClientSettings;
import org.postel.mailbox.api.MailboxServiceClient;
import org.postel.tracing.Tracing;

/** The services behind this process, connected by configuration. Making it contacts nobody. */
@Singleton
class Backends {

    private final MailboxServiceClient client;
    private final Subscribers subscribers;
    private final EventReader events;
    private Optional<ClientExchange> exchange = Optional.empty();

    Backends(MailboxClientConfig clientConfig, QueueConfig queue, Tracing tracing) {
        MailboxClientSettings sane = MailboxClientSettings.of(clientConfig.addresses(), clientConfig.serviceTokenFile());
        client = new MailboxServiceClient(new MailboxClientSettings(sane.addresses(), sane.serviceTokenFile(), clientConfig.deadline(),
                sane.longDeadline(), sane.stallTimeout(), sane.connectTimeout(), sane.keepAlive(), sane.keepAliveTimeout(),
                sane.resolveInterval(), sane.maxMessageBytes(), sane.streamWindow()));
        subscribers = new Subscribers(tracing);
        events = new EventReader(queue.bootstrapServers(), queue.client(), subscribers);
    }

    MailboxServiceClient client() {
        return client;
    }

    DirectoryAccounts accounts() {
        return new DirectoryAccounts(client);
    }

    Subscribers news() {
        return subscribers;
    }

    void start() {
        events.start();
    }

    /** Shares what clients do with the other gateways, from now on. */
    void share(ClientRates rates, Duration interval) {
        ClientExchange sharing = new ClientExchange(rates, client.clientCounts()::exchange, interval);
        sharing.start();
        exchange = Optional.of(sharing);
    }

    @PreDestroy
    void close() {
        exchange.ifPresent(ClientExchange::close);
        events.close();
        client.close();
    }
}
