package org.postel.delivery.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import org.jboss.logging.MDC;
import org.postel.delivery.backend.PatientQueue;
import org.postel.delivery.backend.ServiceDirectory;
import org.postel.delivery.backend.ServiceMailboxes;
import org.postel.delivery.backend.StoredContents;
import org.postel.delivery.bounce.Bouncer;
import org.postel.delivery.bounce.Notifications;
import org.postel.delivery.bounce.Notifier;
import org.postel.delivery.dns.DnsExchangers;
import org.postel.delivery.outcome.Aftermath;
import org.postel.delivery.outcome.Contents;
import org.postel.delivery.outcome.DeliveryMetrics;
import org.postel.delivery.outcome.DurableQueue;
import org.postel.delivery.outcome.Ordered;
import org.postel.delivery.outcome.RetrySchedule;
import org.postel.delivery.outcome.Target;
import org.postel.delivery.outcome.Traces;
import org.postel.delivery.relay.FixedHops;
import org.postel.delivery.relay.MxHops;
import org.postel.delivery.relay.NextHops;
import org.postel.delivery.relay.Ourselves;
import org.postel.delivery.relay.RelaySettings;
import org.postel.delivery.relay.Relayer;
import org.postel.delivery.relay.Reuse;
import org.postel.delivery.route.RouteLimits;
import org.postel.delivery.route.Router;
import org.postel.mail.QueueId;
import org.postel.mailbox.api.MailboxServiceClient;
import org.postel.queue.MessageWork;
import org.postel.queue.QueueWriter;
import org.postel.queue.StandingOrders;
import org.postel.queue.Taken;

/** The two stages, put together. */
final class Pipeline implements AutoCloseable {

    private static final int MAX_HEADER = 128 * 1024;

    private final Router router;
    private final Relayer relayer;
    private final Ordered ordered;

    Pipeline(DeliveryConfig config, String hostname, QueueWriter writer, StandingOrders orders, MailboxServiceClient service,
            MeterRegistry registry, BooleanSupplier stopping) throws IOException {
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
                config.route().maxAddresses(), MAX_HEADER, config.route().storePatience());
        this.router = new Router(new ServiceDirectory(service.directory()), new ServiceMailboxes(service.delivery()), contents,
                queue, aftermath, traces, limits, stopping);
        DeliveryConfig.Relay relay = config.relay();
        this.relayer = new Relayer(nextHops(config, hostname), contents, queue, aftermath, new RelaySettings(hostname,
                relay.perDestination(), relay.destinationPatience(), relay.parkingTier(), relay.tls(),
                relay.timeouts().settings(), new Reuse(relay.connectionMessages(), relay.connectionIdle()), relay.destinationRecovery()));
    }

    MessageWork.Verdict route(Taken taken) throws InterruptedException {
        return named(taken, Target.LOCAL, () -> router.route(taken.message()));
    }

    MessageWork.Verdict relay(Taken taken) throws InterruptedException {
        return named(taken, Target.REMOTE, () -> relayer.relay(taken.message()));
    }

    /** Says goodbye to the servers that mail is relayed to; when nothing is in hand any more. */
    @Override
    public void close() {
        relayer.close();
    }

    private interface Work {
        void run() throws InterruptedException;
    }

    private MessageWork.Verdict named(Taken taken, Target target, Work work) throws InterruptedException {
        MDC.put("queue_id", QueueId.of(taken.message().getQueueId().toByteArray()).toString());
        try {
            if (!ordered.carriedOut(taken.message(), target)) {
                work.run();
            }
            return MessageWork.Verdict.DONE;
        } finally {
            MDC.remove("queue_id");
        }
    }

    private static NextHops nextHops(DeliveryConfig config, String hostname) throws IOException {
        DeliveryConfig.Relay relay = config.relay();
        Set<String> names = new HashSet<>(relay.ownNames().orElse(List.of()));
        names.add(hostname);
        Set<InetAddress> addresses = new HashSet<>();
        for (String address : relay.ownAddresses().orElse(List.of())) {
            addresses.add(literal(address));
        }
        Optional<InetSocketAddress> resolver = config.dns().resolver().map(Pipeline::hostPort);
        MxHops byDns = new MxHops(new DnsExchangers(resolver, config.dns().timeout()),
                new Ourselves(names, addresses, !relay.toLoopback()), relay.port(), new SecureRandom());
        return new FixedHops(config.nextHops(), byDns);
    }

    private static InetAddress literal(String address) {
        try {
            return InetAddress.ofLiteral(address);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("postel.delivery.relay.own-addresses: not an IP address: " + address, e);
        }
    }

    private static InetSocketAddress hostPort(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1 || !text.substring(colon + 1).matches("\\d{1,5}")) {
            throw new IllegalArgumentException("postel.delivery.dns.resolver: not host:port: " + text);
        }
        return new InetSocketAddress(text.substring(0, colon).replaceAll("^\\[|]$", ""),
                Integer.parseInt(text.substring(colon + 1)));
    }
}
