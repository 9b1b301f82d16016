package org.postel.mailbox.page;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import org.postel.mailbox.directory.Authentication;
import org.postel.mailbox.directory.Authentication.Credentials;
import org.postel.mailbox.directory.Authentication.Outcome;
import org.postel.mailbox.directory.IssuerSignIns;
import org.postel.mailbox.seen.SeenLogins;
import org.postel.mailbox.signin.Client;
import org.postel.mailbox.signin.WebSessions;

/** Signing in, with the account's own password and as slowly as any log-in that guesses, or with an issuer; and signing out. */
public final class SignInPages {

    private final Site site;
    private final Authentication authentication;
    private final WebSessions sessions;
    private final Entrance entrance;
    private final SignInForm form;
    private final SignInNotes notes;
    private final Optional<IssuerPages> issuer;

    /**
     * @param issuer that people may sign in with instead of a password
     * @param seen   where it is noted who did
     */
    public SignInPages(Site site, Authentication authentication, WebSessions sessions, Optional<IssuerSignIns> issuer, SeenLogins seen) {
        this.site = site;
        this.authentication = authentication;
        this.sessions = sessions;
        this.entrance = new Entrance(site, sessions);
        this.form = new SignInForm(site, issuer.map(signIns -> signIns.issuer().name()));
        this.notes = new SignInNotes(seen);
        this.issuer = issuer.map(signIns -> new IssuerPages(site, signIns, entrance, form, notes));
    }

    /** Answers on this router from now on. */
    public void on(Router router) {
        site.openGet(router, Site.SIGN_IN, this::show);
        site.openPost(router, Site.SIGN_IN, this::signIn);
        site.post(router, "/sign-out", this::signOut);
        issuer.ifPresent(pages -> pages.on(router));
    }

    private Answer show(RoutingContext request, Language language, Client client) {
        String next = Optional.ofNullable(request.queryParams().get("next")).orElse("");
        return site.who(request).isPresent() ? new Answer.GoTo(Entrance.next(next), "") : form.empty(next);
    }

    private Answer signIn(RoutingContext request, Language language, Client client) {
        String address = Visit.field(request, "address").strip();
        String next = Visit.field(request, "next");
        Outcome outcome = authentication.signIn(new Credentials("", address, Visit.field(request, "password"), client.address()));
        notes.ended(outcome, address, "password", client);
        return outcome instanceof Outcome.Granted granted ? entrance.enter(request, granted.account(), client, next)
                : form.again(outcome, "wrongPassword", address, next);
    }

    private Answer signOut(Visit visit) {
        sessions.end(visit.account().id(), visit.by().session().id());
        site.cookies().removeSession(visit.request());
        return new Answer.GoTo(Site.SIGN_IN, "signedOut");
    }
}
