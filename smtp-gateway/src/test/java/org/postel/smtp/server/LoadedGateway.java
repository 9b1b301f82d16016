package org.postel.smtp.server;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.postel.mail.Mailbox;
import org.postel.mailbox.api.MailboxClientSettings;
import org.postel.mailbox.api.MailboxServiceClient;
import org.postel.smtp.backend.ClaimCheck;
import org.postel.smtp.command.AuthCommand;
import org.postel.smtp.command.ContentLimits;
import org.postel.smtp.command.DataCommand;
import org.postel.smtp.command.FakeAuthenticator;
import org.postel.smtp.command.FakeDirectory;
import org.postel.smtp.command.MailCommand;
import org.postel.smtp.command.MessageIntake;
import org.postel.smtp.command.RcptCommand;
import org.postel.smtp.command.TraceLine;
import org.postel.smtp.policy.HeaderRules;
import org.postel.smtp.policy.OwnAddresses;
import org.postel.smtp.policy.RelayForLogins;
import org.postel.tracing.Tracing;
import org.postel.wire.Admission;
import org.postel.wire.ByteBudget;
import org.postel.wire.TlsCertificate;

/**
 * The gateway in a process of its own, with its defaults, also for judging mail, but for its patience, which a slow machine may need; only the directory and
 * the queue are not real. What the queue's client may hold at most is held all the time. Run by MemoryTest.
 */
final class LoadedGateway {

    private static final Duration PATIENCE = Duration.ofMinutes(15);

    private LoadedGateway() {
    }

    /** @param arguments the port of mailbox-service, the file of the service token, those of certificate and key, and the port of DNS */
    public static void main(String[] arguments) throws Exception {
        SmtpConfig config = Configs.smtp(Map.of("mx-port", "0", "submission-port", "0", "submissions-port", "0", "max-connections-per-address", "10000",
            "command-timeout", PATIENCE.toMinutes() + "m", "data-timeout", PATIENCE.toMinutes() + "m"));
        TrustConfig trust = Configs.read(TrustConfig.class, "postel.smtp.trust.", Map.of("dns-servers", "127.0.0.1:" + arguments[4], "check-loopback", "true",
            "dns-timeout", "1m", "time-limit", "2m"));
        FilterConfig filter = Configs.read(FilterConfig.class, "postel.smtp.filter.", Map.of());
        ContentLimits limits = new ContentLimits((int) config.inlineLimit().asLongValue(), (int) config.maxHeaderSize().asLongValue(), config.maxMessageSize().asLongValue());
        byte[] unacknowledged = new byte[(int) Configs.read(QueueConfig.class, "postel.queue.", Map.of()).producerBuffer().asLongValue()];
        TlsCertificate certificate = new TlsCertificate(Path.of(arguments[2]), Path.of(arguments[3]), Duration.ofHours(1));
        AtomicInteger queued = new AtomicInteger();
        AtomicInteger judged = new AtomicInteger();
        AtomicInteger passed = new AtomicInteger();
        try (MailboxServiceClient store = new MailboxServiceClient(patient(MailboxClientSettings.of(List.of("127.0.0.1:" + arguments[0]), Path.of(arguments[1]))))) {
            Checks checks = Checks.of(trust, filter, (network, from, to) -> null, "localhost", limits.header(), Clock.systemUTC());
            MessageIntake intake = new MessageIntake(message -> {
                queued.incrementAndGet();
                String fields = message.assessment().fields();
                judged.addAndGet(fields.contains("dkim=") && fields.contains("spf=") ? 1 : 0);
                passed.addAndGet(fields.contains("dkim=pass") && fields.contains("spf=pass") ? 1 : 0);
            }, new ClaimCheck(store.delivery()),
                checks.rules(new HeaderRules(config.maxHops(), "localhost", Clock.systemUTC())), (login, recipients) -> Optional.empty(), checks.inspector(),
                new SharedBudget(new ByteBudget((int) config.contentBudget().asLongValue()), config.contentBudgetTimeout()), limits, new TraceLine("localhost", false),
                Clock.systemUTC());
            Commands commands = new Commands(new MailCommand(new OwnAddresses()),
                new RcptCommand(new FakeDirectory(), new RelayForLogins(), Mailbox.parse("postmaster@example.test"), Optional.empty(), checks.strangers(),
                    checks.clients()),
                new DataCommand(intake), new AuthCommand(new FakeAuthenticator()), intake);
            Vertx vertx = Vertx.vertx();
            try (SmtpPorts ports = new SmtpPorts(config, "localhost", commands, Optional.of(certificate), vertx, new SimpleMeterRegistry(),
                    Admission.ANYBODY, Tracing.off())) {
                ports.open();
                System.out.println("ports " + ports.bound().getFirst() + " " + ports.bound().get(2));
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII)).readLine();
                System.out.println(figures() + " unacknowledged " + (unacknowledged.length >> 20) + " passed " + passed + " judged " + judged + " queued " + queued);
            }
            vertx.close();
        }
        System.exit(0);
    }

    private static MailboxClientSettings patient(MailboxClientSettings sane) {
        return new MailboxClientSettings(sane.addresses(), sane.serviceTokenFile(), PATIENCE, PATIENCE, PATIENCE, sane.connectTimeout(), sane.keepAlive(), PATIENCE,
            sane.resolveInterval(), sane.maxMessageBytes(), sane.streamWindow());
    }

    // The most the heap ever held, garbage included; what it holds now; the most memory the process had, all in MiB.
    private static String figures() throws IOException {
        long peak = ManagementFactory.getMemoryPoolMXBeans().stream().filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getPeakUsage).mapToLong(usage -> usage.getUsed()).sum();
        System.gc();
        long held = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        long process = Files.readAllLines(Path.of("/proc/self/status")).stream().filter(line -> line.startsWith("VmHWM:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", ""))).findFirst().orElse(0);
        return "heap-peak " + (peak >> 20) + " heap-after " + (held >> 20) + " process-peak " + (process >> 10);
    }
}
