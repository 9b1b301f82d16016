package org.postel.smtp.server;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import org.postel.mailbox.api.MailboxClientSettings;
import org.postel.mailbox.api.MailboxServiceClient;
import org.postel.smtp.backend.ClaimCheck;
import org.postel.smtp.backend.KafkaQueue;
import org.postel.smtp.backend.MailboxAuthenticator;
import org.postel.smtp.backend.MailboxDirectory;

/** The services behind this process, connected by configuration. Making it contacts nobody. */
@Singleton
class Backends {

    private final MailboxServiceClient client;
    private final KafkaQueue queue;

    Backends(SmtpConfig smtp, HostConfig host, QueueConfig queueConfig, MailboxClientConfig clientConfig) {
        MailboxClientSettings sane = MailboxClientSettings.of(clientConfig.addresses(), clientConfig.serviceTokenFile());
        this.client = new MailboxServiceClient(new MailboxClientSettings(sane.addresses(), sane.serviceTokenFile(), clientConfig.deadline(),
            sane.longDeadline(), sane.stallTimeout(), sane.connectTimeout(), sane.keepAlive(), sane.keepAliveTimeout(),
            sane.resolveInterval(), sane.maxMessageBytes(), sane.streamWindow()));
        this.queue = new KafkaQueue(KafkaQueue.producer(queueConfig.bootstrapServers(), smtp.queueTimeout()), smtp.queueTimeout(), host.hostname());
    }

    MailboxDirectory directory() {
        return new MailboxDirectory(client.directory());
    }

    MailboxAuthenticator authenticator() {
        return new MailboxAuthenticator(client.directory());
    }

    ClaimCheck contentStore() {
        return new ClaimCheck(client.delivery());
    }

    KafkaQueue queue() {
        return queue;
    }

    @PreDestroy
    void close() {
        queue.close();
        client.close();
    }
}
