package org.postel.pop3.server;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.postel.pop3.syntax.Replies;
import org.postel.wire.Admission;
import org.postel.wire.ConnectionHandler;
import org.postel.wire.ConnectionLimits;
import org.postel.wire.Drain;
import org.postel.wire.Listener;
import org.postel.wire.ListenerSettings;
import org.postel.wire.Network;
import org.postel.wire.TlsCertificate;
import org.postel.wire.WireMetrics;

/** The listeners of a POP3 gateway: one with STLS and, where there is a certificate, one with TLS from the first octet; both again behind a proxy where that is wanted. */
final class Gateway implements AutoCloseable {

    static final String PROTOCOL = "pop3";
    // The registered ALPN name (RFC 7301 §6), checked against ALPACA (SAFETY row 7).
    private static final String ALPN = "pop3";

    private final List<Listener> listeners = new ArrayList<>();
    private final AtomicBoolean draining = new AtomicBoolean();

    Gateway(Vertx vertx, Pop3Config config, Optional<TlsCertificate> certificate, ConnectionHandler handler, Admission admission, WireMetrics metrics)
            throws IOException {
        ConnectionLimits limits = new ConnectionLimits(config.maxConnections(), config.maxConnectionsPerAddress(), admission);
        try {
            for (ListenerSettings settings : settings(config, certificate.isPresent())) {
                listeners.add(new Listener(vertx, settings, limits, certificate, handler, metrics));
            }
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private static List<ListenerSettings> settings(Pop3Config config, boolean tls) {
        List<ListenerSettings> all = new ArrayList<>();
        all.add(settings(config, config.port(), false));
        if (tls) {
            all.add(settings(config, config.tlsPort(), true));
        }
        List<Network> proxies = config.proxy().trusted().orElse(List.of());
        config.proxy().port().ifPresent(port -> all.add(settings(config, port, false).withProxies(proxies)));
        if (tls) {
            config.proxy().tlsPort().ifPresent(port -> all.add(settings(config, port, true).withProxies(proxies)));
        }
        return all;
    }

    private static ListenerSettings settings(Pop3Config config, int port, boolean tls) {
        return ListenerSettings.of(PROTOCOL, config.host(), port)
                .withImplicitTls(tls)
                .withAlpn(ALPN)
                .withBacklog(config.backlog())
                .withRefusal(Replies.TOO_MANY_CONNECTIONS.line())
                .withWriteTimeout(config.writeTimeout())
                .withHandshakeTimeout(config.handshakeTimeout());
    }

    /** The bound ports: with STLS, with TLS if there is a certificate, and then those behind a proxy in the same order. */
    List<Integer> ports() {
        return listeners.stream().map(Listener::port).toList();
    }

    boolean draining() {
        return draining.get();
    }

    /** Takes no more connections and waits for the sessions there are. */
    void drain(Duration timeout) throws InterruptedException {
        draining.set(true);
        List<Thread> all = new ArrayList<>();
        for (Listener listener : listeners) {
            all.add(Thread.ofVirtual().start(() -> drain(listener, timeout)));
        }
        for (Thread each : all) {
            each.join();
        }
    }

    private static void drain(Listener listener, Duration timeout) {
        try {
            listener.drain(Drain.atOnce(timeout));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        listeners.forEach(Listener::close);
    }
}
