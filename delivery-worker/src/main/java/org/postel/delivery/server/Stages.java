package org.postel.delivery.server;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;
import org.postel.mailbox.api.MailboxClientSettings;
import org.postel.mailbox.api.MailboxServiceClient;
import org.postel.mailbox.api.MailboxServiceException;
import org.postel.mailbox.api.v1.ResolveRequest;
import org.postel.queue.QueueMonitor;
import org.postel.queue.QueueProducer;
import org.postel.queue.QueueSettings;
import org.postel.queue.QueueUnavailableException;
import org.postel.queue.RetryMover;
import org.postel.queue.ShareGroups;
import org.postel.queue.ShareTake;
import org.postel.queue.StandingOrders;
import org.postel.queue.TakeSettings;
import org.postel.queue.TopicSetup;
import org.postel.queue.Topics;
import org.postel.tracing.Tracing;

/** Everything that runs: the takes of both stages, the second with one for slow destinations, the movers of the retry tiers, the monitor, and the clients they share. */
final class Stages {

    private static final Logger LOG = Logger.getLogger(Stages.class);
    private static final Duration SETUP_PATIENCE = Duration.ofSeconds(30);

    private final DeliveryConfig config;
    private final QueueSettings queue;
    private final String hostname;
    private final MailboxServiceClient service;
    private final QueueProducer producer;
    private final QueueMonitor monitor;
    private final Pipeline pipeline;
    private final StandingOrders orders;
    private final ShareTake routing;
    private final ShareTake relaying;
    private final ShareTake relayingSlowly;
    private final List<RetryMover> movers = new ArrayList<>();
    private volatile boolean stopping;
    private volatile boolean started;
    private volatile boolean mailboxReachable;
    private Thread starter;
    private Thread prober;

    Stages(DeliveryConfig config, QueueSettings queue, MailboxClientSettings mailbox, String hostname, MeterRegistry registry, Tracing tracing)
            throws IOException {
        this.config = config;
        this.queue = queue;
        this.hostname = hostname;
        this.service = new MailboxServiceClient(mailbox);
        this.producer = new QueueProducer(queue, registry);
        this.monitor = new QueueMonitor(queue, registry, config.queueMetricsInterval());
        this.orders = new StandingOrders(queue);
        this.pipeline = new Pipeline(config, hostname, producer, queue.topics().retryTiers(), orders, service, registry, tracing, () -> stopping);
        this.routing = new ShareTake(queue, new TakeSettings(Topics.ACCEPTED, ShareGroups.ROUTE, config.route().lanes(),
                config.route().batch()), pipeline::route, producer, registry);
        this.relaying = new ShareTake(queue, new TakeSettings(Topics.RELAY, ShareGroups.RELAY, config.relay().lanes(),
                config.relay().batch()), pipeline::relay, producer, registry);
        this.relayingSlowly = new ShareTake(queue, new TakeSettings(Topics.RELAY_SLOWLY, ShareGroups.RELAY_SLOWLY,
                config.relay().slow().lanes(), config.relay().slow().batch()), pipeline::relaySlowly, producer, registry);
        queue.topics().retryTiers().forEach(tier -> movers.add(new RetryMover(queue, tier, producer, orders)));
    }

    /** Starts in the background as soon as the queue is there; returns at once. */
    void start() {
        starter = Thread.ofVirtual().name("start").start(this::startWhenReady);
        prober = Thread.ofVirtual().name("probe").start(this::probe);
    }

    /** Finishes or releases what is in hand, then closes the clients. */
    void stop() throws InterruptedException {
        stopping = true;
        prober.interrupt();
        starter.interrupt();
        starter.join();
        movers.forEach(RetryMover::close);
        monitor.close();
        orders.close();
        routing.stopTaking();
        relaying.stopTaking();
        relayingSlowly.stopTaking();
        long end = System.nanoTime() + config.drainTimeout().toNanos();
        routing.stop(config.drainTimeout());
        relaying.finish(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
        relayingSlowly.finish(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
        // Not sooner: what leaves its lane goes back once it is interrupted, what a lane releases goes to others before.
        pipeline.stayInLanes();
        relaying.stop(Duration.ZERO);
        relayingSlowly.stop(Duration.ZERO);
        pipeline.finish(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
        pipeline.close();
        producer.close();
        service.close();
    }

    boolean taking() {
        return started && !stopping && routing.running() && relaying.running() && relayingSlowly.running()
                && movers.stream().allMatch(RetryMover::running);
    }

    boolean queueReachable() {
        return monitor.reachable();
    }

    boolean mailboxReachable() {
        return mailboxReachable;
    }

    private void startWhenReady() {
        try {
            while (!stopping) {
                try {
                    new TopicSetup(queue).create(SETUP_PATIENCE);
                    break;
                } catch (QueueUnavailableException e) {
                    LOG.warnf("waiting for the queue: %s", e.getMessage());
                }
            }
            learnOrders();
            routing.start();
            relaying.start();
            relayingSlowly.start();
            movers.forEach(RetryMover::start);
            monitor.start();
            started = true;
            LOG.info("taking mail from the queue");
        } catch (InterruptedException e) {
            LOG.debug("stopped before the start");
        }
    }

    /** Nothing is taken in hand before it is known what is not to be delivered. */
    private void learnOrders() throws InterruptedException {
        orders.start();
        while (!stopping) {
            try {
                orders.catchUp();
                return;
            } catch (KafkaException e) {
                LOG.warnf("waiting for the queue: %s", e.getMessage());
            }
        }
    }

    private void probe() {
        try {
            while (!stopping) {
                boolean now = resolves();
                if (now != mailboxReachable) {
                    LOG.infof("mailbox-service is %s", now ? "reachable" : "not reachable");
                }
                mailboxReachable = now;
                Thread.sleep(config.probeInterval());
            }
        } catch (InterruptedException e) {
            LOG.trace("no longer probing");
        }
    }

    private boolean resolves() {
        try {
            service.directory().resolve(ResolveRequest.newBuilder().addAddress("postmaster@" + hostname).build());
            return true;
        } catch (MailboxServiceException e) {
            LOG.debugf("mailbox-service: %s", e.getMessage());
            return false;
        }
    }
}
