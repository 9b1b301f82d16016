package org.postel.imap.server;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.postel.clients.ClientRates;
import org.postel.imap.backend.Subscribers;
import org.postel.imap.command.Commands;
import org.postel.imap.command.SharedMemory;
import org.postel.imap.fake.FakeAccounts;
import org.postel.imap.fake.FakeMail;
import org.postel.tracing.SpansInMemory;
import org.postel.wire.LineClient;
import org.postel.wire.TlsCertificate;

/** The real gateway on a free port, before an account in memory. */
final class TestGateway implements AutoCloseable {

    final FakeMail mail;
    final FakeAccounts accounts;
    final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    final SpansInMemory spans = new SpansInMemory();
    private final Vertx vertx = Vertx.vertx();
    final ClientRates rates;
    private final ImapPorts ports;

    TestGateway() throws IOException {
        this(Map.of(), Optional.empty());
    }

    TestGateway(Map<String, String> properties, Optional<TlsCertificate> certificate) throws IOException {
        this(new FakeMail(), properties, certificate);
    }

    /** One of several before the same account. */
    TestGateway(FakeMail mail, Map<String, String> properties, Optional<TlsCertificate> certificate) throws IOException {
        this.mail = mail;
        Subscribers subscribers = new Subscribers(spans.tracing());
        accounts = new FakeAccounts(mail, subscribers);
        ImapConfig config = config(properties);
        SharedMemory memory = config.memory();
        Commands commands = new Commands(accounts, subscribers, memory);
        rates = config.clientLimits().rates();
        ports = new ImapPorts(config, "mail.example.test", commands, certificate, vertx, metrics, memory, rates, spans.tracing());
        ports.open();
    }

    static ImapConfig config(Map<String, String> properties) {
        Map<String, String> all = new HashMap<>(Map.of("postel.imap.imap-port", "0", "postel.imap.imaps-port", "0",
                "postel.imap.auth-on-loopback-in-clear", "true", "postel.imap.auth-delay", "1ms", "postel.imap.drain-spread", "0s"));
        all.putAll(properties);
        return new SmallRyeConfigBuilder().withMapping(ImapConfig.class)
                .withConverter(io.quarkus.runtime.configuration.MemorySize.class, 200, new MemorySizeConverter())
                .withConverter(java.time.Duration.class, 200, new DurationConverter())
                .withSources(new PropertiesConfigSource(all, "test", 1000))
                .build().getConfigMapping(ImapConfig.class);
    }

    int port() {
        return ports.bound().getFirst();
    }

    int tlsPort() {
        return ports.bound().getLast();
    }

    /** The last port behind a proxy, where one is configured. */
    int proxyPort() {
        return ports.bound().getLast();
    }

    /** A client that read the greeting. */
    LineClient connect() throws IOException {
        LineClient client = LineClient.connect(port());
        client.expect("* OK [CAPABILITY IMAP4rev1 ");
        return client;
    }

    /** A client that is logged in. */
    LineClient login() throws IOException {
        LineClient client = connect();
        client.send("login LOGIN alice@example.test secret").expect("login OK [CAPABILITY ");
        return client;
    }

    void drain() throws InterruptedException {
        ports.drain();
    }

    @Override
    public void close() {
        ports.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
