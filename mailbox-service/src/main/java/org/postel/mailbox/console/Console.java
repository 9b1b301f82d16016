package org.postel.mailbox.console;

import io.vertx.ext.web.Router;
import java.time.Clock;
import java.util.List;
import org.postel.mailbox.audit.AuditLog;
import org.postel.mailbox.authority.Administrators;
import org.postel.mailbox.authority.ApiTokens;
import org.postel.mailbox.desk.QueuedMail;
import org.postel.mailbox.directory.Account;
import org.postel.mailbox.directory.AccountGrace;
import org.postel.mailbox.directory.Administration;
import org.postel.mailbox.directory.AppPasswords;
import org.postel.mailbox.dkim.DkimKeys;
import org.postel.mailbox.dkim.KeyRotation;
import org.postel.mailbox.page.Navigation;
import org.postel.mailbox.page.Site;
import org.postel.mailbox.sending.Limits;
import org.postel.mailbox.storage.StoreException;
import org.postel.mailbox.transit.Transit;
import org.postel.mailbox.zone.ZoneCheck;
import org.postel.mailbox.zone.Zones;

/** All pages of the console. */
public final class Console {

    private final DashboardPage dashboard;
    private final DomainPages domains;
    private final AccountsPage accounts;
    private final AccountPage account;
    private final AccountVacationPage vacation;
    private final AccountAppPasswordsPage appPasswords;
    private final DkimPage dkim;
    private final TokensPage tokens;
    private final AliasesPage aliases;
    private final AliasPage alias;
    private final QueuePages queue;
    private final AuditPage audit;

    /**
     * What the pages work with.
     *
     * @param ofAccount what accounts may send that have no limits of their own
     * @param ofDomain  what all accounts of a domain together may send that has none of its own
     * @param separator between an address and its details; empty: addresses have none
     */
    public record Tools(Administrators administrators, AuditLog log, Administration administration, AccountGrace grace, AppPasswords apps, ApiTokens tokens,
            DkimKeys keys, KeyRotation rotation, Zones zones, ZoneCheck check, Transit transit, Limits ofAccount, Limits ofDomain,
            String separator) {}

    public Console(Site site, Tools tools, Clock clock) {
        Desk desk = new Desk(site, tools.administrators(), tools.log());
        QueuedMail mail = new QueuedMail(tools.transit());
        this.dashboard = new DashboardPage(desk, mail, clock);
        this.domains = new DomainPages(desk, tools.administration(), tools.keys(), tools.zones(), tools.check(), tools.ofDomain());
        this.accounts = new AccountsPage(desk, tools.administration());
        ReachedAccounts reached = new ReachedAccounts(desk, tools.administration());
        this.account = new AccountPage(desk, tools.administration(), reached, tools.grace(), tools.ofAccount());
        this.vacation = new AccountVacationPage(desk, tools.administration(), reached);
        this.appPasswords = new AccountAppPasswordsPage(desk, reached, tools.apps());
        this.dkim = new DkimPage(desk, tools.keys(), tools.rotation(), clock);
        this.tokens = new TokensPage(desk, tools.tokens(), tools.administration());
        this.aliases = new AliasesPage(desk, tools.administration(), tools.separator());
        this.alias = new AliasPage(desk, tools.administration());
        this.queue = new QueuePages(desk, mail);
        this.audit = new AuditPage(desk, tools.log(), clock);
    }

    /** The way to the console, for whoever administers something. */
    public static List<Navigation.Entry> way(Administrators administrators) {
        return List.of(new Navigation.Entry("/admin", "admConsole", account -> administers(administrators, account)));
    }

    /** The pages of an account are there without the console when the database does not say who administers. */
    private static boolean administers(Administrators administrators, Account account) {
        try {
            return administrators.role(account.id()).isPresent();
        } catch (StoreException e) {
            return false;
        }
    }

    /** Answers on this router from now on. */
    public void on(Router router) {
        dashboard.on(router);
        domains.on(router);
        accounts.on(router);
        account.on(router);
        vacation.on(router);
        appPasswords.on(router);
        dkim.on(router);
        tokens.on(router);
        aliases.on(router);
        alias.on(router);
        queue.on(router);
        audit.on(router);
    }
}
