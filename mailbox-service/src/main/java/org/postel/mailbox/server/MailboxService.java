package org.postel.mailbox.server;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;
import org.postel.mailbox.audit.AuditLog;
import org.postel.mailbox.authority.Administrators;
import org.postel.mailbox.authority.ApiTokens;
import org.postel.mailbox.cassandra.CassandraSession;
import org.postel.mailbox.cassandra.Cql;
import org.postel.mailbox.clients.ClientBoard;
import org.postel.mailbox.console.Console;
import org.postel.mailbox.directory.AccountGrace;
import org.postel.mailbox.directory.Administration;
import org.postel.mailbox.directory.Answered;
import org.postel.mailbox.directory.AppPasswords;
import org.postel.mailbox.directory.CassandraAnswered;
import org.postel.mailbox.directory.CassandraDeleted;
import org.postel.mailbox.dkim.DkimKeys;
import org.postel.mailbox.dkim.KeyRotation;
import org.postel.mailbox.events.MailboxEvents;
import org.postel.mailbox.greylist.Greylist;
import org.postel.mailbox.identity.ServiceTokens;
import org.postel.mailbox.identity.SessionTokens;
import org.postel.mailbox.identity.StoredKeys;
import org.postel.mailbox.lease.CassandraLeases;
import org.postel.mailbox.lease.Leases;
import org.postel.mailbox.rpc.ClientCountsService;
import org.postel.mailbox.rpc.DeliveryService;
import org.postel.mailbox.rpc.DirectoryService;
import org.postel.mailbox.rpc.GreylistService;
import org.postel.mailbox.rpc.MailboxesService;
import org.postel.mailbox.rpc.Maildrops;
import org.postel.mailbox.rpc.QuotaRoots;
import org.postel.mailbox.rpc.RpcMetrics;
import org.postel.mailbox.rpc.RpcServer;
import org.postel.mailbox.rpc.RpcSettings;
import org.postel.mailbox.rpc.SigningService;
import org.postel.mailbox.rpc.StsPoliciesService;
import org.postel.mailbox.rpc.TokenInterceptor;
import org.postel.mailbox.rpc.TraceInterceptor;
import org.postel.mailbox.rule.AccountRules;
import org.postel.mailbox.seen.CassandraSeen;
import org.postel.mailbox.seen.SeenLogins;
import org.postel.mailbox.sending.Allowances;
import org.postel.mailbox.sending.CassandraSent;
import org.postel.mailbox.sending.CassandraStsPolicies;
import org.postel.mailbox.sending.CassandraSuppressions;
import org.postel.mailbox.sending.StsPolicies;
import org.postel.mailbox.sending.Suppressions;
import org.postel.mailbox.setup.MailStorage;
import org.postel.mailbox.signin.Clients;
import org.postel.mailbox.storage.Restored;
import org.postel.mailbox.transit.QueueAccess;
import org.postel.mailbox.transit.Transit;
import org.postel.mailbox.web.AnswerHeaders;
import org.postel.mailbox.web.ClientConfiguration;
import org.postel.mailbox.web.LimitedProfiles;
import org.postel.mailbox.web.OurDomains;
import org.postel.mailbox.web.OwnPolicy;
import org.postel.mailbox.web.PolicySettings;
import org.postel.mailbox.zone.ZoneCheck;
import org.postel.mailbox.zone.Zones;
import org.postel.tracing.Tracing;

/** The parts of the service, put together, started and ended in their order. */
@Singleton
class MailboxService {

    private static final Logger LOG = Logger.getLogger(MailboxService.class);

    private final Database database;
    private final MailboxEvents events;
    private final DirectoryParts directory;
    private final SeenLogins seen;
    private final AuthorityParts authority;
    private final AccountGrace grace;
    private final MailStorage storage;
    private final Restored restored;
    private final Allowances allowances;
    private final Suppressions suppressions;
    private final Answered answered;
    private final OwnPolicy ownPolicy;
    private final ClientConfiguration clientConfiguration;
    private final PageParts pages;
    private final ZoneId timeZone;
    private final DomainParts domains;
    private final LeasedWork sweeping;
    private final LeasedWork rotating;
    private final RpcServer calls;
    private final QueueAccess queue;
    private final Transit transit;
    private volatile boolean started;
    private volatile boolean listening;
    private volatile boolean draining;

    @Inject
    MailboxService(Settings settings, MeterRegistry registry, Tracing tracing) {
        this.database = new Database(new CassandraSession(settings.cassandra()));
        this.events = new MailboxEvents(settings.events().settings(settings.queue()), registry.counter("mail.mailbox.events.lost")::increment);
        Cql cql = new Cql(database);
        Announcements announcements = new Announcements(events);
        MailStorage storage = new MailStorage(database, settings.store(), announcements, this::rests, Clock.systemUTC());
        this.storage = storage;
        this.restored = storage.restored();
        Leases leases = new CassandraLeases(cql);
        this.directory = DirectoryParts.over(cql, settings.directory(), settings.host().hostname(), settings.login(), settings.oauth(),
                settings.identity().sessionCheck(), storage.trees(), storage.quotas(), announcements::accessChanged, Clock.systemUTC());
        this.seen = new SeenLogins(new CassandraSeen(cql, settings.login().seen()), directory.addresses()::loggingIn, Clock.systemUTC());
        this.authority = AuthorityParts.over(cql, settings.audit(), settings.firstAdministrator(), settings.identity().sessionCheck(), Clock.systemUTC());
        this.grace = new AccountGrace(directory.administration(), new CassandraDeleted(cql), settings.directory().deletionGrace(),
                account -> authority.administrators().appoint(account, Optional.empty()), Clock.systemUTC());
        this.allowances = new Allowances(new CassandraSent(cql), directory.addresses()::sending, directory.addresses()::sendingTogether,
                settings.sending().account().limits(), settings.sending().domain().limits(), Clock.systemUTC());
        this.suppressions = new CassandraSuppressions(cql, settings.sending().suppressFor(), Clock.systemUTC());
        this.answered = new CassandraAnswered(cql);
        PolicySettings policy = policy(settings);
        OurDomains ours = new OurDomains(directory.addresses()::isOurs);
        this.ownPolicy = new OwnPolicy(policy, ours);
        String clientHost = settings.dns().settings(settings.host().hostname()).clientHost();
        LimitedProfiles profiles = settings.profile().limited();
        this.clientConfiguration = new ClientConfiguration(clientHost, ours, profiles, new Clients(settings.web().settings().proxies()), settings.profile().pacc());
        this.domains = DomainParts.over(cql, settings.dkim(), settings.dns(), policy, settings.host().hostname(), Clock.systemUTC());
        this.sweeping = new LeasedWork(leases, "sweeper", held -> sweep(storage, held),
                settings.lease().sweepInterval(), settings.lease().sweeper());
        this.rotating = new LeasedWork(leases, "dkim", domains.rotation()::pass, settings.dkim().interval(), settings.lease().sweeper());
        SessionTokens tokens = new SessionTokens(new StoredKeys(cql, StoredKeys.SESSION), settings.identity().sessionTtl(), Clock.systemUTC());
        this.queue = new QueueAccess(settings.queue().settings(), registry);
        this.transit = new Transit(cql, settings.queue().settings(), settings.transit().settings(), queue, settings.host().hostname(), Clock.systemUTC());
        Console.Tools tools = new Console.Tools(authority.administrators(), authority.audit(), directory.administration(), grace, directory.apps(), authority.tokens(),
                domains.keys(), domains.rotation(), domains.zones(), domains.check(), transit, settings.sending().account().limits(),
                settings.sending().domain().limits(), settings.directory().settings(settings.host().hostname()).separator());
        this.timeZone = settings.web().timeZone();
        this.pages = PageParts.over(cql, settings.web(), clientHost, profiles, directory, seen, tools, Clock.systemUTC());
        StsPolicies policies = new CassandraStsPolicies(cql, settings.sending().stsPolicies(), Clock.systemUTC());
        this.calls = server(settings, registry, tracing, storage, leases, tokens, new Greylist(cql, Clock.systemUTC()), policies);
    }

    /** Accounts first: what they had is freed at once. */
    private void sweep(MailStorage storage, BooleanSupplier held) {
        grace.sweep(held);
        LOG.debugf("sweeping freed %d messages", storage.sweeper().sweep(held));
    }

    private static PolicySettings policy(Settings settings) {
        String hostname = settings.host().hostname();
        PolicySettings policy = settings.mtaSts().settings(hostname);
        policy.unnamed(settings.dns().settings(hostname).exchangers()).forEach(host -> LOG.warnf(
                "postel.mailbox.mta-sts.mx does not name %s of postel.mailbox.dns.exchangers: servers that obey our policy send it no mail", host));
        return policy;
    }

    private RpcServer server(Settings settings, MeterRegistry registry, Tracing tracing, MailStorage storage, Leases leases, SessionTokens tokens, Greylist greylist,
            StsPolicies policies) {
        RpcSettings rpc = settings.rpc().settings();
        RpcMetrics metrics = new RpcMetrics(registry);
        Maildrops maildrops = new Maildrops(leases, storage.trees(), storage.mailboxes(), settings.lease().maildrop(), directory.sessions()::stand);
        ServiceTokens services = new ServiceTokens(settings.identity().settings(), Clock.systemUTC());
        return new RpcServer(rpc,
                List.of(new DirectoryService(directory.addresses(), storage.quotas(), directory.logins(), allowances, suppressions, answered, database::reachable, tokens, seen, rpc, metrics),
                        new DeliveryService(storage.intake(), directory.filter(), rpc),
                        new GreylistService(greylist::meet, rpc),
                        new ClientCountsService(new ClientBoard(System::nanoTime), rpc),
                        new SigningService(domains.keys(), rpc),
                        new StsPoliciesService(policies, rpc),
                        new MailboxesService(storage.trees(), directory.accounts(), storage.mailboxes(), storage.intake(), maildrops,
                                new QuotaRoots(storage.quotas(), directory.accounts(), authority.administrators(), authority.audit()), storage.metadata(), rpc)),
                List.of(metrics, new TokenInterceptor(services, tokens, directory.sessions()::stand, seen::used), new TraceInterceptor(tracing)));
    }

    void start(@Observes StartupEvent event) {
        database.start(this::listen);
        sweeping.start();
        rotating.start();
        seen.start();
        transit.start();
        authority.start(directory.administration());
        started = true;
    }

    /** Not before the database answers: who finds no port here asks another pod, and who is refused for want of a database would not. */
    private void listen() {
        try {
            calls.start();
            listening = true;
            LOG.infof("listening for calls on port %d", calls.port());
        } catch (IOException e) {
            LOG.errorf("cannot listen for calls: %s", e.getMessage());
            Quarkus.asyncExit(1);
        }
    }

    void pages(@Observes Router router) {
        AnswerHeaders.on(router);
        ownPolicy.on(router);
        clientConfiguration.on(router);
        pages.on(router);
    }

    void drain(@Observes ShutdownEvent event) {
        draining = true;
        calls.close();
        seen.close();
        sweeping.close();
        storage.close();
        rotating.close();
        transit.close();
        queue.close();
        events.close();
        database.close();
    }

    /** Whether the process is up; the database may be waited for still. */
    boolean started() {
        return started;
    }

    /** Whether calls can be served now. */
    boolean ready() {
        return listening && !draining && database.reachable();
    }

    @Produces
    Administration administration() {
        return directory.administration();
    }

    @Produces
    Restored restored() {
        return restored;
    }

    @Produces
    ZoneId timeZone() {
        return timeZone;
    }

    @Produces
    AccountGrace accountGrace() {
        return grace;
    }

    @Produces
    Administrators administrators() {
        return authority.administrators();
    }

    @Produces
    ApiTokens apiTokens() {
        return authority.tokens();
    }

    @Produces
    AuditLog auditLog() {
        return authority.audit();
    }

    @Produces
    AppPasswords appPasswords() {
        return directory.apps();
    }

    @Produces
    SeenLogins seen() {
        return seen;
    }

    @Produces
    AccountRules rules() {
        return directory.rules();
    }

    @Produces
    Suppressions suppressions() {
        return suppressions;
    }

    @Produces
    DkimKeys keys() {
        return domains.keys();
    }

    @Produces
    KeyRotation rotation() {
        return domains.rotation();
    }

    @Produces
    Zones zones() {
        return domains.zones();
    }

    @Produces
    ZoneCheck check() {
        return domains.check();
    }

    @Produces
    Transit transit() {
        return transit;
    }

    private boolean rests(UUID message) {
        return transit.resting().has(message);
    }
}
