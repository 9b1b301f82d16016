package org.postel.smtp.server;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.postel.clients.ClientRates;
import org.postel.mailbox.api.MailboxClientSettings;
import org.postel.mailbox.api.MailboxServiceClient;
import org.postel.mailbox.api.MailboxServiceException;
import org.postel.queue.QueueProducer;
import org.postel.queue.QueueProbe;
import org.postel.queue.QueueSettings;
import org.postel.smtp.backend.ClaimCheck;
import org.postel.smtp.backend.ClientNews;
import org.postel.smtp.backend.KafkaQueue;
import org.postel.smtp.backend.MailboxAuthenticator;
import org.postel.smtp.backend.MailboxDirectory;
import org.postel.smtp.backend.MailboxGreylist;
import org.postel.smtp.backend.ServiceLimits;

/** The services behind this process, connected by configuration. Making it contacts nobody. */
@Singleton
class Backends {

    private static final Logger LOG = Logger.getLogger(Backends.class);

    /** A changed password or switch ends a session at its next message after that. */
    private static final Duration LOGIN_BELIEVED = Duration.ofSeconds(1);

    private final MailboxServiceClient client;
    private final QueueProducer producer;
    private final KafkaQueue queue;
    private final QueueProbe queueProbe;
    private final QueueSettings settings;
    private Optional<ClientNews> news = Optional.empty();

    Backends(SmtpConfig smtp, HostConfig host, QueueConfig queueConfig, MailboxClientConfig clientConfig, MeterRegistry registry) {
        MailboxClientSettings sane = MailboxClientSettings.of(clientConfig.addresses(), clientConfig.serviceTokenFile());
        this.client = new MailboxServiceClient(new MailboxClientSettings(sane.addresses(), sane.serviceTokenFile(), clientConfig.deadline(),
            sane.longDeadline(), sane.stallTimeout(), sane.connectTimeout(), sane.keepAlive(), sane.keepAliveTimeout(),
            sane.resolveInterval(), sane.maxMessageBytes(), sane.streamWindow()));
        this.settings = queueSettings(smtp, queueConfig);
        this.producer = new QueueProducer(settings, registry);
        this.queue = new KafkaQueue(producer, host.hostname());
        this.queueProbe = new QueueProbe(settings);
    }

    // Topics, partitions and locks are for those who take work; the gateway only puts it in.
    private static QueueSettings queueSettings(SmtpConfig smtp, QueueConfig config) {
        QueueSettings sane = QueueSettings.local(config.bootstrapServers());
        return new QueueSettings(sane.bootstrapServers(), sane.topics(), sane.partitions(), sane.replicationFactor(), sane.maxRecordBytes(),
            config.producerBuffer().asLongValue(), smtp.queueTimeout(), sane.recordLock(), sane.deliveryLimit(), config.client());
    }

    MailboxDirectory directory() {
        return new MailboxDirectory(client.directory());
    }

    MailboxAuthenticator authenticator() {
        return new MailboxAuthenticator(client.directory(), LOGIN_BELIEVED);
    }

    MailboxGreylist greylist(FilterConfig.Greylisting config) {
        return new MailboxGreylist(client.greylist(), config.delay(), config.window(), config.memory(), config.networksAfter(), config.timeLimit());
    }

    ServiceLimits sendingLimits() {
        return new ServiceLimits(client.directory());
    }

    /** Asks mailbox-service what it takes, for the next sessions. */
    void learnMechanisms() {
        try {
            client.directory().ready();
        } catch (MailboxServiceException e) {
            LOG.debugf("mailbox-service does not say which mechanisms it takes: %s", e.getMessage());
        }
    }

    ClaimCheck contentStore() {
        return new ClaimCheck(client.delivery());
    }

    /** Shares what clients do with the other gateways, from now on. */
    void share(ClientRates rates, Duration interval) {
        ClientNews sharing = new ClientNews(rates, settings, producer, interval);
        sharing.start();
        news = Optional.of(sharing);
    }

    KafkaQueue queue() {
        return queue;
    }

    boolean queueReachable() {
        return queueProbe.reachable();
    }

    @PreDestroy
    void close() {
        queueProbe.close();
        news.ifPresent(ClientNews::close);
        producer.close();
        client.close();
    }
}
