package org.postel.pop3.server;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postel.clients.ClientRates;
import org.postel.pop3.command.FakeAccounts;
import org.postel.tracing.SpansInMemory;
import org.postel.wire.LineClient;
import org.postel.wire.Stage;
import org.postel.wire.TestCertificate;
import org.postel.wire.TlsCertificate;
import org.postel.wire.WireMetrics;
import org.postel.wire.sasl.SaslStep.Reason;

/** A gateway over accounts in memory. */
final class Pop3Stage implements Stage {

    private static final Pattern MESSAGE = Pattern.compile("(\\w+) has a message (.*)");
    private static final Pattern GONE = Pattern.compile("message (\\d+) of (\\w+) is gone");
    private static final Pattern LOST = Pattern.compile("the maildrop of (\\w+) is lost");
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Pattern EMPTY = Pattern.compile("(\\w+) has no message");

    final FakeAccounts accounts = new FakeAccounts();
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    final SpansInMemory spans = new SpansInMemory();
    final ClientRates rates;
    final Gateway gateway;
    private final Vertx vertx = Vertx.vertx();
    private final TestCertificate made;
    private final TlsCertificate certificate;

    Pop3Stage(TestCertificate made, Map<String, String> properties) throws IOException {
        this.made = made;
        this.certificate = made.load();
        Pop3Config config = TestConfig.pop3(properties);
        WireMetrics metrics = new WireMetrics(registry, Gateway.PROTOCOL);
        var handler = new Pop3Handler(Pop3Service.settings("pop.example.test", config, true), accounts, metrics, spans.tracing());
        this.rates = config.clientLimits().rates();
        this.gateway = new Gateway(vertx, config, Optional.of(certificate), handler, rates, metrics);
    }

    /**
     * One that takes log-ins in clear.
     *
     * @param properties names without the prefix postel.pop3, each before its value
     */
    static Pop3Stage of(TestCertificate certificate, String... properties) throws IOException {
        Map<String, String> all = new HashMap<>(Map.of("postel.pop3.auth-on-loopback-in-clear", "true"));
        for (int i = 0; i < properties.length; i += 2) {
            all.put("postel.pop3." + properties[i], properties[i + 1]);
        }
        return new Pop3Stage(certificate, all);
    }

    /** A client that is logged in as alice. */
    LineClient login() throws IOException {
        LineClient client = LineClient.connect(port());
        client.expect("+OK");
        client.send("USER alice").expect("+OK");
        client.send("PASS secret").expect("+OK maildrop");
        return client;
    }

    /** Waits until nobody has a maildrop any more. */
    void awaitFree(String name) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (accounts.drop(name).locked()) {
            assertTrue(System.nanoTime() < deadline, "the maildrop is still locked");
            Thread.onSpinWait();
        }
    }

    @Override
    public int port() {
        return gateway.ports().get(0);
    }

    @Override
    public int tlsPort() {
        return gateway.ports().get(1);
    }

    @Override
    public TestCertificate certificate() {
        return made;
    }

    @Override
    public void given(String fact) {
        Matcher message = MESSAGE.matcher(fact);
        Matcher gone = GONE.matcher(fact);
        Matcher lost = LOST.matcher(fact);
        Matcher empty = EMPTY.matcher(fact);
        if (message.matches()) {
            accounts.drop(message.group(1)).add(message.group(2).replace("\\r", "\r").replace("\\n", "\n"));
        } else if (gone.matches()) {
            accounts.drop(gone.group(2)).remove(Integer.parseInt(gone.group(1)));
        } else if (lost.matches()) {
            accounts.drop(lost.group(1)).lost = true;
        } else if (empty.matches()) {
            accounts.drop(empty.group(1));
        } else {
            switch (fact) {
                case "the store is down" -> accounts.down = true;
                case "SCRAM is taken" -> accounts.mechanisms = List.of("PLAIN", "LOGIN", "SCRAM-SHA-256");
                case "the store is up" -> accounts.down = false;
                case "POP3 is switched off" -> accounts.refusing = Optional.of(Reason.DISABLED);
                case "there were too many failures" -> accounts.refusing = Optional.of(Reason.RATE_LIMITED);
                default -> throw new IllegalArgumentException("no such fact");
            }
        }
    }

    @Override
    public void close() {
        gateway.close();
        certificate.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
