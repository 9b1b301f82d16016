package org.postel.mailbox.page;

import io.vertx.ext.web.RoutingContext;
import org.postel.mailbox.directory.Account;
import org.postel.mailbox.signin.Client;
import org.postel.mailbox.signin.SignedIn;
import org.postel.mailbox.signin.WebSessions;

/** Lets in whoever just proved to be an account, however that was, and leads to the page that was asked for. */
final class Entrance {

    private final Site site;
    private final WebSessions sessions;

    Entrance(Site site, WebSessions sessions) {
        this.site = site;
        this.sessions = sessions;
    }

    /** With a session of its own from now on. */
    Answer enter(RoutingContext request, Account account, Client client, String next) {
        // Whoever put a session into this browser before does not see what is done with the new one.
        site.who(request).map(SignedIn::session).ifPresent(old -> sessions.end(old.account(), old.id()));
        site.cookies().setSession(request, sessions.open(account, client).text());
        return new Answer.GoTo(next(next), "");
    }

    /** The page that somebody is led to who asked for one, perhaps not of ours. */
    static String next(String asked) {
        return ShownPage.parse(asked).written();
    }
}
