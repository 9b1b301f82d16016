package org.postel.delivery.server;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.function.BooleanSupplier;
import org.jboss.logging.MDC;
import org.postel.delivery.backend.PatientQueue;
import org.postel.delivery.backend.ServiceAnswered;
import org.postel.delivery.backend.ServiceDirectory;
import org.postel.delivery.backend.ServiceMailboxes;
import org.postel.delivery.backend.ServicePolicies;
import org.postel.delivery.backend.ServiceRules;
import org.postel.delivery.backend.ServiceSigningKeys;
import org.postel.delivery.backend.ServiceSuppressions;
import org.postel.delivery.backend.StoredContents;
import org.postel.delivery.bounce.Bouncer;
import org.postel.delivery.bounce.Notifications;
import org.postel.delivery.bounce.Notifier;
import org.postel.delivery.outcome.Aftermath;
import org.postel.delivery.outcome.Contents;
import org.postel.delivery.outcome.DeliveryMetrics;
import org.postel.delivery.outcome.DurableQueue;
import org.postel.delivery.outcome.Ordered;
import org.postel.delivery.outcome.RetrySchedule;
import org.postel.delivery.outcome.Target;
import org.postel.delivery.outcome.Traces;
import org.postel.delivery.relay.Lanes;
import org.postel.delivery.relay.LongTransfers;
import org.postel.delivery.relay.Openings;
import org.postel.delivery.relay.Rates;
import org.postel.delivery.relay.RelaySettings;
import org.postel.delivery.relay.Relayer;
import org.postel.delivery.relay.Reuse;
import org.postel.delivery.relay.Servers;
import org.postel.delivery.relay.SlowDestinations;
import org.postel.delivery.relay.Suppressions;
import org.postel.delivery.route.Mailboxes;
import org.postel.delivery.route.OutgoingFields;
import org.postel.delivery.route.RouteLimits;
import org.postel.delivery.route.Router;
import org.postel.delivery.sign.Sealing;
import org.postel.delivery.sign.Signing;
import org.postel.delivery.sign.SigningKeys;
import org.postel.delivery.vacation.AnsweringMailboxes;
import org.postel.mail.QueueId;
import org.postel.mailbox.api.MailboxServiceClient;
import org.postel.queue.MessageWork;
import org.postel.queue.QueueWriter;
import org.postel.queue.StandingOrders;
import org.postel.queue.Taken;
import org.postel.queue.v1.QueuedMessage;
import org.postel.tracing.Kind;
import org.postel.tracing.Span;
import org.postel.tracing.Tracing;

/** The two stages, put together. */
final class Pipeline implements AutoCloseable {

    private static final int MAX_HEADER = 128 * 1024;

    private final Router router;
    private final NextServers nextServers;
    private final Relayer relayer;
    private final Relayer slowRelayer;
    private final LongTransfers longTransfers;
    private final LongTransfers longSlowTransfers;
    private final Ordered ordered;
    private final Tracing tracing;

    Pipeline(DeliveryConfig config, String hostname, QueueWriter writer, Collection<Duration> tiers, StandingOrders orders, MailboxServiceClient service,
            MeterRegistry registry, Tracing tracing, BooleanSupplier stopping) throws IOException {
        this.tracing = tracing;
        Clock clock = Clock.systemUTC();
        DurableQueue queue = new PatientQueue(writer);
        Contents contents = new StoredContents(service.delivery());
        Traces traces = new Traces(queue, hostname);
        Notifications notifications = new Notifications(queue, contents, hostname, clock);
        Bouncer bouncer = new Bouncer(queue, notifications, traces, clock);
        RetrySchedule schedule = new RetrySchedule(config.retrySchedule(), config.giveUpAfter(), config.delayWarning());
        Aftermath aftermath = new Aftermath(queue, bouncer, new Notifier(notifications), schedule, traces,
                new DeliveryMetrics(registry), clock);
        this.ordered = new Ordered(orders::about, queue, aftermath, traces);
        RouteLimits limits = new RouteLimits(config.route().maxHops(), config.route().maxAliasDepth(),
                config.route().maxAddresses(), MAX_HEADER, config.route().fullMailboxBounces(), config.route().storePatience());
        this.router = new Router(new ServiceDirectory(service.directory()), new ServiceRules(service.delivery()), mailboxes(service, contents, queue, hostname, clock), contents,
                outgoing(config, contents, service, clock), queue, aftermath, traces, limits, stopping);
        DeliveryConfig.Relay relay = config.relay();
        this.nextServers = new NextServers(config, hostname, new ServicePolicies(service.policies()), clock);
        DeliveryConfig.Slow slow = relay.slow();
        SlowDestinations slowDestinations = new SlowDestinations(slow.remembered());
        Gauge.builder("mail.relay.slow.destinations", slowDestinations, SlowDestinations::count)
                .description("Domains that kept others waiting lately").register(registry);
        this.longTransfers = longTransfers(config, queue, aftermath, slowDestinations, tiers);
        this.longSlowTransfers = longTransfers(config, queue, aftermath, slowDestinations, tiers);
        Gauge.builder("mail.relay.outside.of.lanes", () -> longTransfers.count() + longSlowTransfers.count())
                .description("Messages whose servers are waited for outside of the lanes").register(registry);
        Suppressions suppressions = new ServiceSuppressions(service.directory());
        Servers servers = new Servers(relay.perExchanger(), relay.perFixedHop(), relay.destinationRecovery(),
                new Rates(relay.messagesPerMinute(), relay.rates()));
        this.relayer = new Relayer(nextServers, suppressions, contents, queue, aftermath, traces,
                settings(relay, hostname, relay.perDestination(), relay.connectionIdle()), servers,
                Lanes.main(new Openings(slow.moment(), slow.after(), slow.waiting()), slowDestinations, slow.after()));
        this.slowRelayer = new Relayer(nextServers, suppressions, contents, queue, aftermath, traces,
                settings(relay, hostname, slow.perDestination(), slow.connectionIdle()), servers,
                Lanes.slow(slowDestinations, slow.after(), config.retrySchedule().getFirst()));
    }

    private static LongTransfers longTransfers(DeliveryConfig config, DurableQueue queue, Aftermath aftermath, SlowDestinations known,
            Collection<Duration> tiers) {
        DeliveryConfig.Slow slow = config.relay().slow();
        return new LongTransfers(queue, aftermath, known, slow.lanePatience(), slow.outsideOfLanes(), tiers, config.relay().timeouts().total());
    }

    private static RelaySettings settings(DeliveryConfig.Relay relay, String hostname, int perDestination, Duration connectionIdle) {
        return new RelaySettings(Identities.of(relay, hostname), perDestination, relay.destinationPatience(), relay.parkingTier(),
                relay.timeouts().settings(), new Reuse(relay.connectionMessages(), connectionIdle), relay.destinationRecovery(),
                relay.chunking());
    }

    MessageWork.Verdict route(Taken taken) throws InterruptedException {
        named(taken, Target.LOCAL, () -> router.route(taken.message()));
        return MessageWork.Verdict.DONE;
    }

    MessageWork.Verdict relay(Taken taken) throws InterruptedException {
        return relay(taken, longTransfers, relayer);
    }

    MessageWork.Verdict relaySlowly(Taken taken) throws InterruptedException {
        return relay(taken, longSlowTransfers, slowRelayer);
    }

    private MessageWork.Verdict relay(Taken taken, LongTransfers transfers, Relayer by) throws InterruptedException {
        QueuedMessage message = taken.message();
        transfers.relay(message, () -> named(taken, Target.REMOTE, () -> by.relay(message)), () -> named(taken, Target.REMOTE, () -> by.park(message)));
        return MessageWork.Verdict.DONE;
    }

    /** No message leaves its lane from now on; to be said before lanes release what they hold. */
    void stayInLanes() {
        longTransfers.stay();
        longSlowTransfers.stay();
    }

    /** Waits so long for what is outside of its lane, when nothing is in one any more; then gives it back to the queue. */
    void finish(Duration left) throws InterruptedException {
        long end = System.nanoTime() + left.toNanos();
        longTransfers.stop(left);
        longSlowTransfers.stop(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
    }

    /** Says goodbye to the servers that mail is relayed to; when nothing is in hand any more. */
    @Override
    public void close() {
        relayer.close();
        slowRelayer.close();
        nextServers.close();
    }

    private void named(Taken taken, Target target, LongTransfers.Work work) throws InterruptedException {
        String queueId = QueueId.of(taken.message().getQueueId().toByteArray()).toString();
        MDC.put("queue_id", queueId);
        try (Span span = tracing.follow(taken.message().getTraceParent(), Kind.CONSUMER, "process", taken.topic()); Span.Scope _ = span.enter()) {
            span.put("postel.queue_id", queueId).put("postel.attempts", taken.message().getAttempts());
            if (!ordered.carriedOut(taken.message(), target)) {
                work.run();
            }
        } finally {
            MDC.remove("queue_id");
        }
    }

    private static Mailboxes mailboxes(MailboxServiceClient service, Contents contents, DurableQueue queue, String hostname, Clock clock) {
        return new AnsweringMailboxes(new ServiceMailboxes(service.delivery()), new ServiceAnswered(service.directory()), contents, queue, hostname, clock);
    }

    private static OutgoingFields outgoing(DeliveryConfig config, Contents contents, MailboxServiceClient service, Clock clock) {
        SigningKeys keys = new ServiceSigningKeys(service.signing());
        OutgoingFields signing = config.sign().dkim() ? new Signing(contents, keys, clock) : message -> "";
        OutgoingFields sealing = config.sign().arc() ? new Sealing(contents, keys, clock) : message -> "";
        // What is ours is signed, what is not is sealed: one of them is empty.
        return message -> signing.of(message) + sealing.of(message);
    }
}
