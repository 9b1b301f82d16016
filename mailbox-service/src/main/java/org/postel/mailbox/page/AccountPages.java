package org.postel.mailbox.page;

import io.vertx.ext.web.Router;
import java.time.Clock;
import org.postel.mailbox.directory.Administration;
import org.postel.mailbox.directory.AppPasswords;
import org.postel.mailbox.directory.Authentication;
import org.postel.mailbox.rule.AccountRules;
import org.postel.mailbox.seen.SeenLogins;
import org.postel.mailbox.signin.WebSessions;

/** The pages of an account: what its owner may see and change. Each does what the administrator's API does, with the same operations. */
public final class AccountPages {

    private final OverviewPage overview;
    private final PasswordPage password;
    private final AppPasswordsPage appPasswords;
    private final ProtocolsPage protocols;
    private final ForwardingPage forwarding;
    private final VacationPage vacation;
    private final SessionsPage sessions;
    private final LogInsPage logIns;
    private final RulesPage rules;

    public AccountPages(Site site, Administration administration, Authentication authentication, AppPasswords apps, WebSessions sessions,
            AccountRules rules, SeenLogins seen, Clock clock) {
        this.overview = new OverviewPage(site, administration, clock);
        this.password = new PasswordPage(site, administration, authentication, apps, sessions);
        this.appPasswords = new AppPasswordsPage(site, apps);
        this.protocols = new ProtocolsPage(site, administration);
        this.forwarding = new ForwardingPage(site, administration);
        this.vacation = new VacationPage(site, administration);
        this.sessions = new SessionsPage(site, sessions);
        this.logIns = new LogInsPage(site, seen, apps);
        this.rules = new RulesPage(site, rules, administration);
    }

    /** Answers on this router from now on. */
    public void on(Router router) {
        overview.on(router);
        password.on(router);
        appPasswords.on(router);
        protocols.on(router);
        forwarding.on(router);
        vacation.on(router);
        sessions.on(router);
        logIns.on(router);
        rules.on(router);
    }
}
