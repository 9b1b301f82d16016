package org.postel.imap.server;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.postel.clients.ClientRates;
import org.postel.imap.command.Commands;
import org.postel.imap.command.SharedMemory;
import org.postel.tracing.Tracing;
import org.postel.wire.TlsCertificate;

/** Puts the gateway together, opens its ports and closes them again. */
@Singleton
class ImapGateway {

    private static final Logger LOG = Logger.getLogger(ImapGateway.class);

    private final ImapConfig config;
    private final HostConfig host;
    private final TlsConfig tls;
    private final Backends backends;
    private final Vertx vertx;
    private final MeterRegistry registry;
    private final Tracing tracing;
    private final Probe probe;
    private Optional<ImapPorts> ports = Optional.empty();

    ImapGateway(ImapConfig config, HostConfig host, TlsConfig tls, Backends backends, Vertx vertx, MeterRegistry registry,
            Tracing tracing, Probe probe) {
        this.config = config;
        this.host = host;
        this.tls = tls;
        this.backends = backends;
        this.vertx = vertx;
        this.registry = registry;
        this.tracing = tracing;
        this.probe = probe;
    }

    void start(@Observes StartupEvent event) throws IOException {
        ConfigCheck.check(config);
        ConfigCheck.warnings(config).forEach(LOG::warn);
        SharedMemory memory = config.memory();
        Commands commands = new Commands(backends.accounts(), backends.news(), memory);
        ClientRates rates = config.clientLimits().rates();
        ImapPorts opening = new ImapPorts(config, host.hostname(), commands, certificate(), vertx, registry, memory, rates, tracing);
        opening.open();
        ports = Optional.of(opening);
        backends.start();
        backends.share(rates, config.rate().interval());
        probe.start();
    }

    // Readiness goes first, so that no new connection comes; then the running commands may finish.
    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        probe.stop();
        if (ports.isPresent()) {
            LOG.info("draining");
            ports.get().drain();
            ports.get().close();
        }
    }

    private Optional<TlsCertificate> certificate() throws IOException {
        if (tls.certificate().isEmpty() || tls.key().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new TlsCertificate(tls.certificate().get(), tls.key().get(), tls.reloadInterval(), tls.strictServerNames()));
    }
}
