package org.postel.wire;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What a gateway counts about its connections and commands. Labels are bounded: no address, account or client text. */
public final class WireMetrics {

    /** Upper bounds of the buckets of mail_command_duration_seconds: few, for there are as many for each command. */
    private static final Duration[] BUCKETS = {Duration.ofMillis(5), Duration.ofMillis(20), Duration.ofMillis(100),
        Duration.ofMillis(500), Duration.ofSeconds(2), Duration.ofSeconds(10)};

    private final MeterRegistry registry;
    private final String protocol;
    // The registry finds a meter by tags that it sorts each time; a command must not wait for that.
    private final Map<Outcome, Counter> counters = new ConcurrentHashMap<>();
    private final Map<String, Timer> timers = new ConcurrentHashMap<>();
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicInteger openClear = new AtomicInteger();
    private final AtomicInteger openTls = new AtomicInteger();

    private record Outcome(String command, String result) {}

    /** @param protocol the label: smtp, imap or pop3 */
    public WireMetrics(MeterRegistry registry, String protocol) {
        this.registry = registry;
        this.protocol = protocol;
        // Not a Counter: the Prometheus client takes "_total" off a counter's name and then finds mail_connections taken.
        Gauge.builder("mail.connections.total", accepted, AtomicLong::get).description("Connections accepted")
                .tag("protocol", protocol).register(registry);
        gauge("false", openClear);
        gauge("true", openTls);
    }

    private void gauge(String tls, AtomicInteger open) {
        Gauge.builder("mail.connections", open, AtomicInteger::get).description("Open connections, by how they began")
                .tag("protocol", protocol).tag("tls", tls).register(registry);
    }

    /** Exports in how many seconds the certificate expires. */
    public void certificate(TlsCertificate certificate) {
        Gauge.builder("mail.tls.certificate.expiry.seconds", certificate,
                        loaded -> Duration.between(Instant.now(), loaded.notAfter()).toSeconds())
                .description("Seconds until the certificate in use expires").register(registry);
    }

    void accepted() {
        accepted.incrementAndGet();
    }

    /** Counts a connection until it is closed. */
    Counted opened(Connection connection) {
        AtomicInteger open = connection.tls() ? openTls : openClear;
        open.incrementAndGet();
        return open::decrementAndGet;
    }

    /** A connection that is counted as open. */
    @FunctionalInterface
    interface Counted extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Counts an attempt to log in.
     *
     * @param mechanism one of those the gateway offers, else {@code other}
     * @param result    success, failure, refused or error
     */
    public void authAttempt(String mechanism, String result) {
        registry.counter("mail.auth.attempts.total", "protocol", protocol, "mechanism", mechanism, "result", result).increment();
    }

    /**
     * Counts a command and the time it took.
     *
     * @param command a command of the protocol, else {@code unknown}
     * @param result  ok, no, bad, or error
     */
    public void command(String command, String result, Duration took) {
        counters.computeIfAbsent(new Outcome(command, result), this::counter).increment();
        timers.computeIfAbsent(command, this::timer).record(took);
    }

    private Counter counter(Outcome outcome) {
        return registry.counter("mail.commands.total", "protocol", protocol, "command", outcome.command, "result", outcome.result);
    }

    private Timer timer(String command) {
        return Timer.builder("mail.command.duration").serviceLevelObjectives(BUCKETS).tag("protocol", protocol).tag("command", command).register(registry);
    }

    /** Counts a request turned away by a limit. */
    public void rateLimited(String scope) {
        registry.counter("mail.rate.limited.total", "protocol", protocol, "scope", scope).increment();
    }
}
