package org.postel.smtp.server;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.postel.smtp.session.Service;
import org.postel.smtp.session.Terms;
import org.postel.smtp.syntax.CommandParser;
import org.postel.tracing.Tracing;
import org.postel.wire.Admission;
import org.postel.wire.Connection;
import org.postel.wire.ConnectionHandler;
import org.postel.wire.ConnectionLimits;
import org.postel.wire.Drain;
import org.postel.wire.Listener;
import org.postel.wire.ListenerSettings;
import org.postel.wire.Network;
import org.postel.wire.TlsCertificate;
import org.postel.wire.WireMetrics;

/** The ports and what each is for. */
final class SmtpPorts implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(SmtpPorts.class);
    // SAFETY row 7. IANA's registry (RFC 7301 §6) has imap and pop3 but nothing for SMTP or submission: "smtp" is the obvious name
    // and the one Exim's check goes by. What matters is that a browser's names, h2 and http/1.1, are not among those taken.
    private static final String ALPN = "smtp";

    private final SmtpConfig config;
    private final String hostname;
    private final Commands commands;
    private final Optional<TlsCertificate> certificate;
    private final Vertx vertx;
    private final MeterRegistry registry;
    private final Tracing tracing;
    private final ConnectionLimits limits;
    private final SessionSettings settings;
    private final WireMetrics smtp;
    private final WireMetrics submission;
    private final WireMetrics lmtp;
    private final List<Listener> listeners = new ArrayList<>();

    SmtpPorts(SmtpConfig config, String hostname, Commands commands, Optional<TlsCertificate> certificate, Vertx vertx, MeterRegistry registry,
              Admission admission, Tracing tracing) {
        this.config = config;
        this.hostname = hostname;
        this.commands = commands;
        this.certificate = certificate;
        this.vertx = vertx;
        this.registry = registry;
        this.tracing = tracing;
        this.limits = new ConnectionLimits(config.maxConnections(), config.maxConnectionsPerAddress(), admission);
        this.settings = new SessionSettings(config.greetingPause(), config.commandTimeout(), config.dataTimeout(), config.minDataRate(),
            config.dataGrace(), config.maxLine(), config.maxRecipients(), config.maxErrors(), config.maxIdleCommands(), config.maxAuthFailures(),
            config.authDelay());
        this.smtp = new WireMetrics(registry, "smtp");
        this.submission = new WireMetrics(registry, "submission");
        this.lmtp = new WireMetrics(registry, "lmtp");
        certificate.ifPresent(smtp::certificate);
    }

    /** Opens the ports; the TLS port only where there is a certificate. */
    void open() throws IOException {
        listen(Port.open(Service.MX, config.mxPort()));
        listen(Port.open(Service.SUBMISSION, config.submissionPort()));
        if (certificate.isPresent()) {
            listen(Port.open(Service.SUBMISSION, config.submissionsPort()).underTls());
        } else {
            LOG.warn("no certificate is configured: neither STARTTLS nor the TLS port is offered");
        }
        openBehindProxy();
        if (config.lmtp().port().isPresent()) {
            listen(new Port(Service.LMTP, config.lmtp().port().getAsInt(), false, config.lmtp().trusted().orElse(List.of()), false));
        }
    }

    private void openBehindProxy() throws IOException {
        SmtpConfig.Proxy proxy = config.proxy();
        List<Network> trusted = proxy.trusted().orElse(List.of());
        if (proxy.mxPort().isPresent()) {
            listen(Port.proxied(Service.MX, proxy.mxPort().getAsInt(), trusted));
        }
        if (proxy.submissionPort().isPresent()) {
            listen(Port.proxied(Service.SUBMISSION, proxy.submissionPort().getAsInt(), trusted));
        }
        if (proxy.submissionsPort().isPresent() && certificate.isPresent()) {
            listen(Port.proxied(Service.SUBMISSION, proxy.submissionsPort().getAsInt(), trusted).underTls());
        }
    }

    /**
     * One to listen on.
     *
     * @param peers networks that may connect; empty: anybody may
     */
    private record Port(Service service, int number, boolean tls, List<Network> peers, boolean proxied) {

        static Port open(Service service, int number) {
            return new Port(service, number, false, List.of(), false);
        }

        static Port proxied(Service service, int number, List<Network> proxies) {
            return new Port(service, number, false, proxies, true);
        }

        Port underTls() {
            return new Port(service, number, true, peers, proxied);
        }
    }

    /** The bound ports: MX, submission, submission under TLS where there is one, those behind a proxy in the same order, and LMTP. */
    List<Integer> bound() {
        return listeners.stream().map(Listener::port).toList();
    }

    private void listen(Port port) throws IOException {
        Service service = port.service();
        WireMetrics wire = switch (service) {
            case MX -> smtp;
            case SUBMISSION -> submission;
            case LMTP -> lmtp;
        };
        String protocol = service == Service.MX ? "smtp" : service.name().toLowerCase(Locale.ROOT);
        ListenerSettings listener = ListenerSettings.of(protocol, config.host(), port.number())
            .withImplicitTls(port.tls())
            .withAlpn(ALPN)
            .withRefusal("421 4.7.0 " + hostname + " Too many connections")
            .withWriteTimeout(config.writeTimeout())
            .withHandshakeTimeout(config.handshakeTimeout());
        Listener opened = new Listener(vertx, port.proxied() ? listener.withProxies(port.peers()) : listener.withPeers(port.peers()), limits, certificate,
            handler(service, wire), wire);
        listeners.add(opened);
        LOG.infof("%s on port %d%s%s", protocol, opened.port(), port.tls() ? ", TLS" : "", port.proxied() ? ", behind a proxy" : "");
    }

    private ConnectionHandler handler(Service service, WireMetrics wire) {
        CommandParser parser = new CommandParser(config.leniencies().orElse(Set.of()));
        SessionMetrics metrics = new SessionMetrics(registry, wire, service);
        return connection -> new SmtpSession(connection, terms(service, connection), commands, parser, settings, metrics, tracing).run();
    }

    private Terms terms(Service service, Connection connection) {
        boolean inClear = config.authOnLoopbackInClear() && connection.remote().getAddress().isLoopbackAddress();
        return new Terms(hostname, service, connection.tls(), certificate.isPresent() && !connection.tls(), inClear, List.of(),
            config.maxMessageSize().asLongValue(), config.maxRecipients());
    }

    /** Accepts no more, and waits for open transactions: all ports at once. */
    void drain() throws InterruptedException {
        List<Thread> draining = listeners.stream().map(listener -> Thread.ofVirtual().start(() -> drain(listener))).toList();
        for (Thread thread : draining) {
            thread.join();
        }
    }

    private void drain(Listener listener) {
        try {
            if (!listener.drain(Drain.atOnce(config.drainTimeout()))) {
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
