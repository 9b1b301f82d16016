package org.postel.smtp.server;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.postel.clients.ClientActivity;
import org.postel.clients.ClientRates;
import org.postel.mail.AddressSyntaxException;
import org.postel.mail.Mailbox;
import org.postel.smtp.command.AuthCommand;
import org.postel.smtp.command.ContentLimits;
import org.postel.smtp.command.DataCommand;
import org.postel.smtp.command.MailCommand;
import org.postel.smtp.command.MessageIntake;
import org.postel.smtp.command.RcptCommand;
import org.postel.smtp.command.TraceLine;
import org.postel.smtp.policy.HeaderRules;
import org.postel.smtp.policy.OwnAddresses;
import org.postel.smtp.policy.RelayForLogins;
import org.postel.smtp.rate.RecipientRate;
import org.postel.tracing.Tracing;
import org.postel.wire.ByteBudget;
import org.postel.wire.TlsCertificate;

/** Puts the gateway together, opens its ports and closes them again. */
@Singleton
class SmtpGateway {

    private static final Logger LOG = Logger.getLogger(SmtpGateway.class);

    /** What another gateway said counts until it missed that many times to say something. */
    private static final int INTERVALS_HEARD = 5;

    private final SmtpConfig config;
    private final TrustConfig trust;
    private final FilterConfig filter;
    private final HostConfig host;
    private final TlsConfig tls;
    private final Backends backends;
    private final Vertx vertx;
    private final MeterRegistry registry;
    private final Tracing tracing;
    private final Probes probes;
    private Optional<SmtpPorts> ports = Optional.empty();

    SmtpGateway(SmtpConfig config, TrustConfig trust, FilterConfig filter, HostConfig host, TlsConfig tls, Backends backends, Vertx vertx,
                MeterRegistry registry, Tracing tracing, Probes probes) {
        this.config = config;
        this.trust = trust;
        this.filter = filter;
        this.host = host;
        this.tls = tls;
        this.backends = backends;
        this.vertx = vertx;
        this.registry = registry;
        this.tracing = tracing;
        this.probes = probes;
    }

    void start(@Observes StartupEvent event) throws IOException, AddressSyntaxException {
        ConfigCheck.check(config);
        ClientRates rates = new ClientRates(new ClientActivity(config.maxConnectionsPerAddress(), config.rate().connections(), config.rate().recipients()),
            config.rate().interval().multipliedBy(INTERVALS_HEARD), this::isFree, System::nanoTime);
        SmtpPorts opening = new SmtpPorts(config, host.hostname(), commands(rates), certificate(), vertx, registry, rates, tracing);
        opening.open();
        ports = Optional.of(opening);
        backends.share(rates, config.rate().interval());
        probes.start();
    }

    // Readiness goes first, so that no new connection comes; then the transactions under way may finish.
    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        probes.stop();
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

    /** Whose rate is not limited. */
    private boolean isFree(InetAddress client) {
        return client.isLoopbackAddress() && !trust.checkLoopback()
            || Stream.of(filter.spared(), config.lmtp().trusted()).flatMap(Optional::stream).flatMap(List::stream)
                .anyMatch(network -> network.contains(client));
    }

    private Commands commands(ClientRates rates) throws AddressSyntaxException, IOException {
        String hostname = host.hostname();
        Mailbox hostPostmaster = Mailbox.parse("postmaster@" + hostname);
        ContentLimits limits = new ContentLimits(Math.toIntExact(config.inlineLimit().asLongValue()),
            Math.toIntExact(config.maxHeaderSize().asLongValue()), config.maxMessageSize().asLongValue());
        SharedBudget budget = new SharedBudget(new ByteBudget(Math.toIntExact(config.contentBudget().asLongValue())), config.contentBudgetTimeout());
        Clock clock = Clock.systemDefaultZone();
        Checks checks = Checks.of(trust, filter, backends.greylist(filter.greylist()), hostname, limits.header(), clock);
        MessageIntake intake = new MessageIntake(backends.queue(), backends.contentStore(), checks.rules(new HeaderRules(config.maxHops(), hostname, clock)),
            backends.sendingLimits(), checks.inspector(), budget, limits, new TraceLine(hostname, config.hideClientAddress()), clock);
        return new Commands(new MailCommand(new OwnAddresses()),
            new RcptCommand(backends.directory(), new RelayForLogins(), hostPostmaster, ConfigCheck.postmaster(config), checks.strangers(),
                new RecipientRate(rates).and(checks.clients())),
            new DataCommand(intake), new AuthCommand(backends.authenticator()), intake);
    }
}
