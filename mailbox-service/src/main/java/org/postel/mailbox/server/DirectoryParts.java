package org.postel.mailbox.server;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.postel.mailbox.cassandra.Cql;
import org.postel.mailbox.directory.AccountAddresses;
import org.postel.mailbox.directory.AccountMail;
import org.postel.mailbox.directory.AddressBook;
import org.postel.mailbox.directory.Administration;
import org.postel.mailbox.directory.AppPasswords;
import org.postel.mailbox.directory.Authentication;
import org.postel.mailbox.directory.CassandraAppPasswords;
import org.postel.mailbox.directory.CassandraFailureLog;
import org.postel.mailbox.directory.CassandraDirectory;
import org.postel.mailbox.directory.IssuerSignIns;
import org.postel.mailbox.directory.LoginLimits;
import org.postel.mailbox.directory.Logins;
import org.postel.mailbox.directory.OpenSessions;
import org.postel.mailbox.directory.ScramLogins;
import org.postel.mailbox.directory.SenderRewriting;
import org.postel.mailbox.directory.TokenLogins;
import org.postel.mailbox.identity.AccessTokens;
import org.postel.mailbox.identity.StoredKeys;
import org.postel.mailbox.openid.Issuer;
import org.postel.mailbox.password.FailureLimit;
import org.postel.mailbox.password.Passwords;
import org.postel.mailbox.rule.AccountRules;
import org.postel.mailbox.rule.CassandraRules;
import org.postel.mailbox.rule.MailFilter;
import org.postel.mailbox.rule.RuleStore;
import org.postel.mailbox.scram.ScramExchange;
import org.postel.mailbox.scram.ScramSettings;
import org.postel.mailbox.storage.MailboxTrees;
import org.postel.mailbox.storage.Quota;
import org.postel.mailbox.storage.Quotas;

/** The directory, put together. */
record DirectoryParts(AddressBook addresses, Logins logins, OpenSessions sessions, Administration administration, AppPasswords apps,
        AccountAddresses accounts, AccountRules rules, MailFilter filter, Optional<IssuerSignIns> issuer) {

    static DirectoryParts over(Cql cql, DirectoryConfig config, String hostname, LoginConfig login, OauthConfig oauth, Duration sessionCheck,
            MailboxTrees trees, Quotas quotas, Consumer<UUID> accessChanged, Clock clock) {
        CassandraDirectory store = new CassandraDirectory(cql);
        RuleStore ruleStore = new CassandraRules(cql);
        AccountRules rules = new AccountRules(ruleStore, trees, config.remembered(), clock);
        AddressBook addresses = new AddressBook(store, config.settings(hostname), rewriting(cql), ruleStore::any);
        Passwords passwords = new Passwords(login.passwords());
        AppPasswords apps = new AppPasswords(new CassandraAppPasswords(cql), Thread::startVirtualThread, accessChanged, clock);
        ScramSettings scram = login.scram().settings();
        LoginLimits limits = new LoginLimits(
                new FailureLimit(login.accountLimit(), System::nanoTime), new FailureLimit(login.clientLimit(), System::nanoTime),
                new CassandraFailureLog(cql));
        ScramExchange exchange = new ScramExchange(new StoredKeys(cql, StoredKeys.SCRAM), scram.iterations(), clock);
        Optional<TokenLogins> tokens = oauth.settings().map(settings -> new TokenLogins(addresses, new AccessTokens(settings, clock), limits));
        Logins logins = new Logins(new Authentication(addresses, store, passwords, apps, scram, limits),
                new ScramLogins(addresses, exchange, scram, limits), tokens, mechanisms(scram, tokens.isPresent()));
        return new DirectoryParts(addresses, logins, new OpenSessions(store, apps, sessionCheck),
                new Administration(store, addresses, passwords, apps, scram, mailIn(trees, quotas, rules), accessChanged), apps, new AccountAddresses(store, addresses),
                rules, new MailFilter(ruleStore), oauth.pages().map(settings -> new IssuerSignIns(addresses, new Issuer(settings, clock), limits)));
    }

    private static List<String> mechanisms(ScramSettings scram, boolean tokens) {
        List<String> offered = new ArrayList<>(List.of("PLAIN", "LOGIN"));
        if (scram.offered()) {
            offered.add("SCRAM-SHA-256");
        }
        if (tokens) {
            offered.addAll(List.of("OAUTHBEARER", "XOAUTH2"));
        }
        return offered;
    }

    private static SenderRewriting rewriting(Cql cql) {
        Cache<Long, StoredKeys> keys = Caffeine.newBuilder().maximumSize(2).build();
        return new SenderRewriting(period -> keys.get(period, absent -> new StoredKeys(cql, "forwarding-" + period)).get(), Clock.systemUTC());
    }

    private static AccountMail mailIn(MailboxTrees trees, Quotas quotas, AccountRules rules) {
        return new AccountMail() {
            @Override
            public void create(UUID account) {
                trees.createAccount(account);
            }

            @Override
            public Quota quota(UUID account) {
                return quotas.limits(account);
            }

            @Override
            public Quota.Held held(UUID account) {
                return quotas.held(account);
            }

            @Override
            public List<Quota.Folder> folders(UUID account) {
                return quotas.folders(account);
            }

            @Override
            public void limit(UUID account, Quota quota) {
                quotas.limit(account, quota);
            }

            @Override
            public void delete(UUID account) {
                trees.deleteAccount(account);
                rules.removeAll(account);
            }
        };
    }
}
