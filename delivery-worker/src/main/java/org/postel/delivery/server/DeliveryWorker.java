package org.postel.delivery.server;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.postel.mailbox.api.MailboxClientSettings;
import org.postel.tracing.Tracing;

/** Starts the worker with the process and drains it at its end. */
@Singleton
class DeliveryWorker {

    private static final Logger LOG = Logger.getLogger(DeliveryWorker.class);

    private final DeliveryConfig config;
    private final QueueConfig queue;
    private final MailboxClientConfig mailbox;
    private final HostConfig host;
    private final MeterRegistry registry;
    private final Tracing tracing;
    private volatile Optional<Stages> stages = Optional.empty();

    DeliveryWorker(DeliveryConfig config, QueueConfig queue, MailboxClientConfig mailbox, HostConfig host, MeterRegistry registry,
            Tracing tracing) {
        this.config = config;
        this.queue = queue;
        this.mailbox = mailbox;
        this.host = host;
        this.registry = registry;
        this.tracing = tracing;
    }

    void start(@Observes StartupEvent event) throws IOException {
        ConfigCheck.check(config, queue);
        Identities.missing(Identities.of(config.relay(), host.hostname())).forEach(address -> LOG.warnf(
                "postel.delivery.relay.source-addresses: this machine has no address %s, mail that is to leave from it waits", address.getHostAddress()));
        Stages starting = new Stages(config, queue.settings(), clientSettings(), host.hostname(), registry, tracing);
        starting.start();
        stages = Optional.of(starting);
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        LOG.info("draining");
        if (stages.isPresent()) {
            stages.get().stop();
        }
    }

    /** Empty before the start. */
    Optional<Stages> stages() {
        return stages;
    }

    private MailboxClientSettings clientSettings() {
        MailboxClientSettings sane = MailboxClientSettings.of(List.copyOf(mailbox.addresses()), mailbox.serviceTokenFile());
        return new MailboxClientSettings(sane.addresses(), sane.serviceTokenFile(), mailbox.deadline(), sane.longDeadline(),
                sane.stallTimeout(), sane.connectTimeout(), sane.keepAlive(), sane.keepAliveTimeout(), sane.resolveInterval(),
                sane.maxMessageBytes(), sane.streamWindow());
    }
}
