package org.postel.pop3.server;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.postel.clients.ClientExchange;
import org.postel.clients.ClientRates;
import org.postel.mailbox.api.MailboxServiceClient;
import org.postel.pop3.backend.MailboxServiceAccounts;
import org.postel.pop3.backend.ReadAheadBudget;
import org.postel.tracing.Tracing;
import org.postel.wire.TlsCertificate;
import org.postel.wire.WireMetrics;

/** Starts the gateway with the process and drains it when the process is told to end. */
@ApplicationScoped
public class Pop3Service {

    private static final Logger LOG = Logger.getLogger(Pop3Service.class);

    private final Vertx vertx;
    private final MeterRegistry registry;
    private final Tracing tracing;
    private final Pop3Config config;
    private final TlsConfig tls;
    private final HostConfig host;
    private final MailboxServiceClient mailboxService;
    private volatile Optional<Gateway> gateway = Optional.empty();
    private Optional<TlsCertificate> certificate = Optional.empty();
    private Optional<ClientExchange> exchange = Optional.empty();

    Pop3Service(Vertx vertx, MeterRegistry registry, Tracing tracing, Pop3Config config, TlsConfig tls, HostConfig host,
                MailboxServiceClient mailboxService) {
        this.vertx = vertx;
        this.registry = registry;
        this.tracing = tracing;
        this.config = config;
        this.tls = tls;
        this.host = host;
        this.mailboxService = mailboxService;
    }

    void start(@Observes StartupEvent event) throws IOException {
        ConfigCheck.check(config);
        certificate = certificate();
        WireMetrics metrics = new WireMetrics(registry, Gateway.PROTOCOL);
        certificate.ifPresent(metrics::certificate);
        var handler = new Pop3Handler(settings(host.hostname(), config, certificate.isPresent()),
                new MailboxServiceAccounts(mailboxService, new ReadAheadBudget(config.readAhead().asLongValue()), config.sessionCheck()), metrics, tracing);
        ClientRates rates = config.clientLimits().rates();
        Gateway started = new Gateway(vertx, config, certificate, handler, rates, metrics);
        gateway = Optional.of(started);
        ClientExchange sharing = new ClientExchange(rates, mailboxService.clientCounts()::exchange, config.rate().interval());
        sharing.start();
        exchange = Optional.of(sharing);
        LOG.infof("POP3 on %s, ports %s%s", config.host(), started.ports(), certificate.isPresent() ? "" : ", without TLS");
    }

    private Optional<TlsCertificate> certificate() throws IOException {
        Optional<Path> chain = tls.certificate();
        Optional<Path> key = tls.key();
        if (chain.isEmpty() != key.isEmpty()) {
            throw new IllegalStateException("postel.tls.certificate and postel.tls.key come together");
        }
        return chain.isEmpty() ? Optional.empty() : Optional.of(new TlsCertificate(chain.get(), key.get(), tls.reloadInterval(), tls.strictServerNames()));
    }

    static SessionSettings settings(String hostname, Pop3Config config, boolean tlsAvailable) {
        return new SessionSettings(hostname, Math.toIntExact(config.lineLimit().asLongValue()),
                Math.toIntExact(config.saslLineLimit().asLongValue()), config.loginTimeout(), config.idleTimeout(),
                config.maxErrors(), config.maxAuthFailures(), config.authFailureDelay(), config.commandsPerSecond(),
                config.commandBurst(), config.loginDelay(), config.surrogateHeaders(), config.authOnLoopbackInClear(), tlsAvailable);
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        if (gateway.isPresent()) {
            LOG.info("draining");
            gateway.get().drain(config.drainTimeout());
        }
        exchange.ifPresent(ClientExchange::close);
        certificate.ifPresent(TlsCertificate::close);
    }

    /** Whether connections are taken. */
    boolean accepting() {
        return gateway.filter(running -> !running.draining()).isPresent();
    }
}
