package org.postel.mailbox.page;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.postel.mailbox.cassandra.CassandraSession;
import org.postel.mailbox.cassandra.Cql;
import org.postel.mailbox.directory.CassandraDirectory;
import org.postel.mailbox.directory.DirectoryFixture;
import org.postel.mailbox.directory.DirectoryInMemory;
import org.postel.mailbox.directory.DirectoryStore;
import org.postel.mailbox.directory.IssuerSignIns;
import org.postel.mailbox.openid.Issuer;
import org.postel.mailbox.password.FailureLimitSettings;
import org.postel.mailbox.rule.AccountRules;
import org.postel.mailbox.rule.CassandraRules;
import org.postel.mailbox.rule.RulesInMemory;
import org.postel.mailbox.seen.SeenInMemory;
import org.postel.mailbox.seen.SeenLogins;
import org.postel.mailbox.setup.MailStorage;
import org.postel.mailbox.signin.CassandraWebSessions;
import org.postel.mailbox.signin.SessionLives;
import org.postel.mailbox.signin.WebSessionStore;
import org.postel.mailbox.signin.WebSessions;
import org.postel.mailbox.store.TestStoreConfig;
import org.postel.mailbox.web.LimitedProfiles;
import org.postel.mailbox.web.PageServer;
import org.postel.mailbox.web.ProfileSignature;

/** All pages on a port of loopback. */
final class SiteFixture implements AutoCloseable {

    final DirectoryFixture directory;
    final WebSessions sessions;
    final Site site;
    final SeenLogins seen;
    final SeenInMemory logins = new SeenInMemory();
    final MailStorage storage;
    private final PageServer server;

    private SiteFixture(WebSettings settings, DirectoryStore accounts, WebSessionStore store, MailStorage storage, AccountRules rules,
            Optional<Issuer> issuer) throws Exception {
        this.storage = storage;
        Clock clock = Clock.systemUTC();
        SessionLives lives = new SessionLives(Duration.ofHours(1), Duration.ofHours(12));
        directory = new DirectoryFixture(accounts, Optional.empty());
        sessions = new WebSessions(store, directory.authentication, lives, clock);
        site = new Site(settings, sessions, Navigation.ACCOUNT);
        seen = new SeenLogins(logins, directory.addresses::loggingIn, clock);
        server = new PageServer(router -> {
            new Pages("mail.example.test", site).on(router);
            new ApplePage(site, directory.apps, "mail.example.test", new LimitedProfiles(ProfileSignature.none(), new FailureLimitSettings(3, Duration.ofSeconds(30)), System::nanoTime)).on(router);
            new SignInPages(site, directory.authentication, sessions, issuer.map(there -> new IssuerSignIns(directory.addresses, there, directory.limits)), seen).on(router);
            new AccountPages(site, directory.administration, directory.authentication, directory.apps, sessions, rules, seen, clock).on(router);
        });
    }

    /** Over a real database, as browsers reach it in clear. */
    static SiteFixture over(CassandraSession session) throws Exception {
        return over(session, new WebSettings(false, List.of(), ZoneOffset.UTC));
    }

    static SiteFixture over(CassandraSession session, WebSettings settings) throws Exception {
        return over(session, settings, Optional.empty());
    }

    /** @param issuer that people may sign in with */
    static SiteFixture over(CassandraSession session, WebSettings settings, Optional<Issuer> issuer) throws Exception {
        Cql cql = new Cql(session);
        MailStorage storage = new MailStorage(session, TestStoreConfig.with(Map.of()), (account, mailbox, modseq) -> { }, message -> false, Clock.systemUTC());
        return new SiteFixture(settings, new CassandraDirectory(cql), new CassandraWebSessions(cql), storage,
                new AccountRules(new CassandraRules(cql), storage.trees(), Duration.ofSeconds(5), Clock.systemUTC()), issuer);
    }

    /** Of pages that ask nobody. */
    static SiteFixture alone() throws Exception {
        return new SiteFixture(new WebSettings(false, List.of(), ZoneOffset.UTC), new DirectoryInMemory(), new SilentSessions(), null,
                new AccountRules(new RulesInMemory(), null, Duration.ofSeconds(5), Clock.systemUTC()), Optional.empty());
    }

    PageServer server() {
        return server;
    }

    Browser browser() {
        return new Browser(server.port());
    }

    @Override
    public void close() throws Exception {
        server.close();
    }
}
