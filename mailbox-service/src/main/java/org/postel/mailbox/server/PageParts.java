package org.postel.mailbox.server;

import io.vertx.ext.web.Router;
import java.time.Clock;
import org.postel.mailbox.cassandra.Cql;
import org.postel.mailbox.console.Console;
import org.postel.mailbox.page.AccountPages;
import org.postel.mailbox.page.ApplePage;
import org.postel.mailbox.page.Navigation;
import org.postel.mailbox.page.Pages;
import org.postel.mailbox.page.SignInPages;
import org.postel.mailbox.page.Site;
import org.postel.mailbox.seen.SeenLogins;
import org.postel.mailbox.signin.CassandraWebSessions;
import org.postel.mailbox.signin.WebSessions;
import org.postel.mailbox.web.LimitedProfiles;

/** The pages, put together. */
record PageParts(Pages open, ApplePage apple, SignInPages signIn, AccountPages account, Console console) {

    static PageParts over(Cql cql, WebConfig config, String clientHost, LimitedProfiles profiles, DirectoryParts directory, SeenLogins seen, Console.Tools tools,
            Clock clock) {
        WebSessions sessions = new WebSessions(new CassandraWebSessions(cql), directory.logins().password(), config.lives(), clock);
        Site site = new Site(config.settings(), sessions, Navigation.ACCOUNT.with(Console.way(tools.administrators())));
        return new PageParts(new Pages(clientHost, site), new ApplePage(site, directory.apps(), clientHost, profiles),
                new SignInPages(site, directory.logins().password(), sessions, directory.issuer(), seen),
                new AccountPages(site, directory.administration(), directory.logins().password(), directory.apps(), sessions,
                        directory.rules(), seen, clock),
                new Console(site, tools, clock));
    }

    void on(Router router) {
        open.on(router);
        apple.on(router);
        signIn.on(router);
        account.on(router);
        console.on(router);
    }
}
