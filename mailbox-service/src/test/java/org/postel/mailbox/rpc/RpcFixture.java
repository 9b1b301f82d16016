package org.postel.mailbox.rpc;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.crypto.spec.SecretKeySpec;
import org.postel.mailbox.api.MailboxClientSettings;
import org.postel.mailbox.api.MailboxServiceClient;
import org.postel.mailbox.api.v1.AuthenticateRequest;
import org.postel.mailbox.api.v1.PasswordCredentials;
import org.postel.mailbox.api.v1.Session;
import org.postel.mailbox.audit.AuditInMemory;
import org.postel.mailbox.authority.Administrators;
import org.postel.mailbox.authority.RolesInMemory;
import org.postel.mailbox.clients.ClientBoard;
import org.postel.mailbox.directory.DirectoryFixture;
import org.postel.mailbox.directory.DirectoryInMemory;
import org.postel.mailbox.directory.LoginLimits;
import org.postel.mailbox.directory.Logins;
import org.postel.mailbox.directory.OpenSessions;
import org.postel.mailbox.directory.TokenLogins;
import org.postel.mailbox.identity.AccessTokens;
import org.postel.mailbox.dkim.DkimKeys;
import org.postel.mailbox.dkim.KeysInMemory;
import org.postel.mailbox.identity.Caller;
import org.postel.mailbox.identity.ServiceTokens;
import org.postel.mailbox.identity.SessionTokens;
import org.postel.mailbox.identity.TokenIssuer;
import org.postel.mailbox.lease.LeasesInMemory;
import org.postel.mailbox.password.FailureLimit;
import org.postel.mailbox.password.FailureLimitSettings;
import org.postel.mailbox.rule.MailFilter;
import org.postel.mailbox.rule.RulesInMemory;
import org.postel.mailbox.seen.SeenInMemory;
import org.postel.mailbox.seen.SeenLogins;
import org.postel.mailbox.sending.Allowances;
import org.postel.mailbox.sending.Limits;
import org.postel.mailbox.sending.OwnLimits;
import org.postel.mailbox.sending.SentInMemory;
import org.postel.mailbox.sending.StsPoliciesInMemory;
import org.postel.mailbox.sending.SuppressionsInMemory;
import org.postel.tracing.SpansInMemory;

/** The real server on a free port with a fake store behind it, and clients of each service. */
final class RpcFixture implements AutoCloseable {

    static final int STREAM_WINDOW = 128 << 10;

    final EndlessMailboxes mailboxes = new EndlessMailboxes();
    final CountingIntake intake = new CountingIntake();
    final DirectoryInMemory accounts = new DirectoryInMemory();
    final DirectoryFixture directory = new DirectoryFixture(accounts, Optional.empty());
    final SeenLogins seen = new SeenLogins(new SeenInMemory(), directory.addresses::loggingIn, Clock.systemUTC());
    final DkimKeys keys = new DkimKeys(new KeysInMemory(), "example.test"::equals, Clock.systemUTC());
    final RoomQuotas quotas = new RoomQuotas();
    final StsPoliciesInMemory policies = new StsPoliciesInMemory();
    final AtomicBoolean database = new AtomicBoolean(true);
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    final SpansInMemory spans = new SpansInMemory();
    final TokenIssuer issuer = new TokenIssuer("test");
    private final Path folder;
    private final RpcServer server;
    private final List<MailboxServiceClient> clients = new ArrayList<>();

    RpcFixture(Path folder, Duration stallTimeout) throws IOException {
        this.folder = folder;
        RpcSettings settings = new RpcSettings("127.0.0.1", 0, 1 << 20, STREAM_WINDOW, 100, stallTimeout, Duration.ofSeconds(5));
        SessionTokens sessions = new SessionTokens(() -> new SecretKeySpec(new byte[32], "HmacSHA256"), Duration.ofHours(1), Clock.systemUTC());
        ServiceTokens services = new ServiceTokens(TokenIssuer.trusting(issuer.writeJwks(folder)), Clock.systemUTC());
        RpcMetrics metrics = new RpcMetrics(registry);
        OneTree trees = new OneTree();
        OpenSessions open = new OpenSessions(accounts, directory.apps, Duration.ZERO);
        Maildrops maildrops = new Maildrops(new LeasesInMemory(), trees, mailboxes, Duration.ofSeconds(60), open::stand);
        server = new RpcServer(settings,
                List.of(new DirectoryService(directory.addresses, quotas, logins(folder),
                        new Allowances(new SentInMemory(), account -> OwnLimits.CONFIGURED, domain -> OwnLimits.CONFIGURED, Limits.NONE, Limits.NONE, Clock.systemUTC()), new SuppressionsInMemory(),
                        (account, vacation, sender, queueId, period) -> period.equals(Duration.ofDays(7)), database::get, sessions, seen, settings, metrics),
                        new DeliveryService(intake, new MailFilter(new RulesInMemory()), settings),
                        new SigningService(keys, settings),
                        new ClientCountsService(new ClientBoard(System::nanoTime), settings),
                        new StsPoliciesService(policies, settings),
                        new MailboxesService(trees, new NoAddresses(), mailboxes, intake, maildrops,
                                new QuotaRoots(quotas, new NoAddresses(), new Administrators(accounts::account, new RolesInMemory()), new AuditInMemory()),
                                new NoMetadata(), settings)),
                List.of(metrics, new TokenInterceptor(services, sessions, open::stand, seen::used),
                        new TraceInterceptor(spans.tracing())));
        server.start();
    }

    private Logins logins(Path folder) {
        AccessTokens tokens = new AccessTokens(TokenIssuer.oauth(folder.resolve("jwks.json").toString(), "email"), Clock.systemUTC());
        FailureLimitSettings limit = new FailureLimitSettings(20, Duration.ofMinutes(1));
        LoginLimits limits = new LoginLimits(new FailureLimit(limit, System::nanoTime), new FailureLimit(limit, System::nanoTime), (scope, memory) -> List.of());
        return new Logins(directory.authentication, directory.scram, Optional.of(new TokenLogins(directory.addresses, tokens, limits)),
                directory.logins.mechanisms());
    }

    int port() {
        return server.port();
    }

    void drain() {
        server.close();
    }

    MailboxServiceClient client(Caller caller) throws IOException {
        return client(issuer.service(caller));
    }

    MailboxServiceClient client(String token) throws IOException {
        Path file = Files.writeString(Files.createTempFile(folder, "service", ".token"), token);
        MailboxClientSettings sane = MailboxClientSettings.of(List.of("127.0.0.1:" + port()), file);
        MailboxServiceClient client = new MailboxServiceClient(new MailboxClientSettings(sane.addresses(), file, Duration.ofSeconds(20),
                Duration.ofSeconds(20), Duration.ofSeconds(20), sane.connectTimeout(), sane.keepAlive(), sane.keepAliveTimeout(),
                sane.resolveInterval(), 1 << 20, STREAM_WINDOW));
        clients.add(client);
        return client;
    }

    Session login(Caller caller, AuthenticateRequest.Protocol protocol) throws Exception {
        if (directory.administration.domains().isEmpty()) {
            directory.administration.addAccount("alice@example.test", "secret");
        }
        return client(caller).directory().authenticate(AuthenticateRequest.newBuilder()
                .setProtocol(protocol)
                .setClientAddress("192.0.2.1")
                .setPassword(PasswordCredentials.newBuilder().setAuthenticationId("alice@example.test").setPassword("secret"))
                .build()).getSession();
    }

    @Override
    public void close() {
        clients.forEach(MailboxServiceClient::close);
        server.close();
    }
}
