package org.postel.imap.server;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.postel.imap.command.Commands;
import org.postel.imap.command.Conversation;
import org.postel.imap.command.ImapSettings;
import org.postel.imap.command.SharedMemory;
import org.postel.tracing.Tracing;
import org.postel.wire.Admission;
import org.postel.wire.Compression;
import org.postel.wire.Connection;
import org.postel.wire.ConnectionLimits;
import org.postel.wire.Drain;
import org.postel.wire.Listener;
import org.postel.wire.ListenerSettings;
import org.postel.wire.Network;
import org.postel.wire.TlsCertificate;
import org.postel.wire.WireMetrics;

/** The two ports, and the same two behind a proxy where that is wanted. */
final class ImapPorts implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(ImapPorts.class);
    // The registered ALPN name (RFC 7301 §6), checked against ALPACA (SAFETY row 7).
    private static final String ALPN = "imap";

    private final ImapConfig config;
    private final ImapSettings settings;
    private final Drain drain;
    private final String hostname;
    private final Commands commands;
    private final SharedMemory memory;
    private final Tracing tracing;
    private final Optional<TlsCertificate> certificate;
    private final Vertx vertx;
    private final ConnectionLimits limits;
    private final WireMetrics metrics;
    private final Compression compression;
    private final List<Listener> listeners = new ArrayList<>();

    ImapPorts(ImapConfig config, String hostname, Commands commands, Optional<TlsCertificate> certificate, Vertx vertx,
            MeterRegistry registry, SharedMemory memory, Admission admission, Tracing tracing) {
        this.config = config;
        this.hostname = hostname;
        this.settings = config.settings();
        this.drain = config.drain();
        this.commands = commands;
        this.memory = memory;
        this.tracing = tracing;
        this.certificate = certificate;
        this.vertx = vertx;
        this.limits = new ConnectionLimits(config.maxConnections(), config.maxConnectionsPerAddress(), admission);
        this.compression = config.compression();
        this.metrics = new WireMetrics(registry, "imap");
        certificate.ifPresent(metrics::certificate);
    }

    /** Opens the ports; the TLS port only where there is a certificate. */
    void open() throws IOException {
        listen(settings(config.imapPort(), false));
        if (certificate.isPresent()) {
            listen(settings(config.imapsPort(), true));
        } else {
            LOG.warn("no certificate is configured: neither STARTTLS nor the TLS port is offered");
        }
        List<Network> proxies = config.proxy().trusted().orElse(List.of());
        if (config.proxy().imapPort().isPresent()) {
            listen(settings(config.proxy().imapPort().getAsInt(), false).withProxies(proxies));
        }
        if (config.proxy().imapsPort().isPresent() && certificate.isPresent()) {
            listen(settings(config.proxy().imapsPort().getAsInt(), true).withProxies(proxies));
        }
    }

    /** The bound ports: in clear, under TLS where there is one, and then those behind a proxy in the same order. */
    List<Integer> bound() {
        return listeners.stream().map(Listener::port).toList();
    }

    private ListenerSettings settings(int port, boolean implicitTls) {
        return ListenerSettings.of("imap", config.host(), port)
                .withImplicitTls(implicitTls)
                .withAlpn(ALPN)
                .withRefusal("* BYE Too many connections")
                .withWriteTimeout(config.writeTimeout())
                .withHandshakeTimeout(config.handshakeTimeout());
    }

    private void listen(ListenerSettings listener) throws IOException {
        Listener opened = new Listener(vertx, listener, limits, certificate, this::serve, metrics);
        listeners.add(opened);
        LOG.infof("imap on port %d%s%s", opened.port(), listener.implicitTls() ? ", TLS" : "", listener.proxied() ? ", behind a proxy" : "");
    }

    private void serve(Connection connection) throws IOException {
        boolean greeted = false;
        boolean stays = true;
        while (stays) {
            try (Conversation conversation = new Conversation(connection, settings, certificate.isPresent(), memory)) {
                ImapSession session = new ImapSession(conversation, commands, metrics, compression, hostname, tracing);
                if (!greeted) {
                    session.greet();
                    greeted = true;
                }
                stays = session.run();
            }
        }
    }

    /** Accepts no more, tells one session after the other, and waits for running commands: both ports at once. */
    void drain() throws InterruptedException {
        List<Thread> draining = listeners.stream().map(listener -> Thread.ofVirtual().start(() -> drain(listener))).toList();
        for (Thread thread : draining) {
            thread.join();
        }
    }

    private void drain(Listener listener) {
        try {
            if (!listener.drain(drain)) {
                LOG.warnf("port %d: sessions were cut off", listener.port());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        listeners.forEach(Listener::close);
        certificate.ifPresent(TlsCertificate::close);
    }
}
