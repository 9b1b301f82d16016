package org.postel.mailbox.page;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postel.mailbox.audit.AuditInMemory;
import org.postel.mailbox.authority.Administrators;
import org.postel.mailbox.authority.ApiTokens;
import org.postel.mailbox.authority.Role;
import org.postel.mailbox.authority.RolesInMemory;
import org.postel.mailbox.authority.TokensInMemory;
import org.postel.mailbox.cassandra.CassandraSession;
import org.postel.mailbox.cassandra.Cql;
import org.postel.mailbox.cassandra.SharedCassandra;
import org.postel.mailbox.console.Console;
import org.postel.mailbox.directory.DirectoryException;
import org.postel.mailbox.directory.DirectoryFixture;
import org.postel.mailbox.directory.DirectoryInMemory;
import org.postel.mailbox.dkim.DkimKeys;
import org.postel.mailbox.dkim.DkimSettings;
import org.postel.mailbox.dkim.KeyRotation;
import org.postel.mailbox.dkim.KeysInMemory;
import org.postel.mailbox.identity.ApiTokenTexts;
import org.postel.mailbox.seen.SeenInMemory;
import org.postel.mailbox.seen.SeenLogins;
import org.postel.mailbox.sending.Limits;
import org.postel.mailbox.signin.CassandraWebSessions;
import org.postel.mailbox.signin.SessionLives;
import org.postel.mailbox.signin.WebSessions;
import org.postel.mailbox.transit.QueueAccess;
import org.postel.mailbox.transit.Transit;
import org.postel.mailbox.transit.TransitSettings;
import org.postel.mailbox.web.PageServer;
import org.postel.mailbox.zone.LiveDns;
import org.postel.mailbox.zone.ZoneCheck;
import org.postel.mailbox.zone.ZoneSettings;
import org.postel.mailbox.zone.Zones;
import org.postel.queue.QueueSettings;

/** The console on a port of loopback, with two domains, and a browser that looks at it. */
@ExtendWith(SharedCassandra.class)
abstract class ConsoleFixture {

    private final DirectoryInMemory accounts = new DirectoryInMemory();
    final DirectoryFixture directory = new DirectoryFixture(accounts, Optional.empty());
    final Administrators administrators = new Administrators(accounts::account, new RolesInMemory());
    final AuditInMemory log = new AuditInMemory();
    final ApiTokens tokens = new ApiTokens(new TokensInMemory(), new ApiTokenTexts(() -> new SecretKeySpec(new byte[32], "HmacSHA256"), Clock.systemUTC()),
            administrators, Duration.ZERO, Clock.systemUTC());
    private PageServer server;
    Browser browser;

    @BeforeEach
    final void start(CassandraSession cassandra) throws Exception {
        Cql cql = new Cql(cassandra);
        WebSessions sessions = new WebSessions(new CassandraWebSessions(cql), directory.authentication,
                new SessionLives(Duration.ofHours(1), Duration.ofHours(12)), Clock.systemUTC());
        DkimKeys keys = new DkimKeys(new KeysInMemory(), name -> accounts.domain(name).isPresent(), Clock.systemUTC());
        QueueSettings nowhere = QueueSettings.local("127.0.0.1:1");
        Transit transit = new Transit(cql, nowhere, new TransitSettings(Duration.ofMillis(500), Duration.ofDays(6), Duration.ofDays(14)),
                new QueueAccess(nowhere, new SimpleMeterRegistry()), "test", Clock.systemUTC());
        Console.Tools tools = new Console.Tools(administrators, log, directory.administration, directory.grace, directory.apps, tokens, keys,
                new KeyRotation(keys, List::of, (name, text) -> true, new DkimSettings(Duration.ZERO, Duration.ofDays(1), Duration.ofDays(14), false), Clock.systemUTC()),
                new Zones(new ZoneSettings("out.example.test", List.of("mx.example.test"), "mail.example.test", "v=spf1 mx -all", "v=DMARC1; p=none", "v=TLSRPTv1; rua=mailto:tls@{domain}"),
                        "1", keys, Clock.systemUTC()), new ZoneCheck(new LiveDns(Optional.of(new InetSocketAddress("127.0.0.1", 1)), Duration.ofMillis(200))), transit,
                new Limits(new Limits.Amount(50, 0), Limits.Amount.NOTHING), new Limits(new Limits.Amount(0, 7_000), Limits.Amount.NOTHING), "+");
        Site site = new Site(new WebSettings(false, List.of(), ZoneOffset.UTC), sessions, Navigation.ACCOUNT.with(Console.way(administrators)));
        server = new PageServer(router -> {
            new SignInPages(site, directory.authentication, sessions, Optional.empty(), new SeenLogins(new SeenInMemory(), name -> Optional.empty(), Clock.systemUTC())).on(router);
            router.get("/account").handler(request -> request.redirect("/connect"));
            new Pages("mail.example.test", site).on(router);
            new Console(site, tools, Clock.systemUTC()).on(router);
        });
        browser = new Browser(server.port());
        for (String address : List.of("alice@example.test", "root@example.test", "bob@other.test", "carol@other.test")) {
            directory.administration.addAccount(address, "secret");
        }
        directory.administration.addAlias("all@example.test", List.of("alice@example.test", "root@example.test"));
        appoint("root@example.test", Role.GLOBAL);
        appoint("carol@other.test", Role.of(Set.of("other.test")));
    }

    @AfterEach
    final void stop() throws Exception {
        browser.close();
        server.close();
    }

    final void appoint(String address, Role role) throws DirectoryException {
        administrators.appoint(directory.administration.account(address).id(), Optional.of(role));
    }

    final Browser.Seen signIn(String address) throws Exception {
        browser.get("/sign-in");
        return browser.submit("sign-in", Map.of("address", address, "password", "secret"));
    }

    /** What is in the audit log, and how it ended. */
    final List<String> acts() {
        return log.entries.stream().map(entry -> entry.act().what() + " " + entry.outcome()).toList();
    }
}
