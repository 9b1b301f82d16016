package org.postel.mailbox.page;

import io.quarkus.qute.Template;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.postel.mailbox.directory.Authentication;
import org.postel.mailbox.directory.Authentication.Credentials;
import org.postel.mailbox.directory.Authentication.Outcome;
import org.postel.mailbox.signin.Client;
import org.postel.mailbox.signin.SignedIn;
import org.postel.mailbox.signin.WebSessions;

/** Signing in, with the account's own password and as slowly as any log-in that guesses, and signing out. */
public final class SignInPages {

    private static final String HOME = "/account";
    /** A page of ours: never //HOST, which a browser takes for another server. */
    private static final Pattern OURS = Pattern.compile("/[A-Za-z0-9][A-Za-z0-9/._@%-]{0,200}");

    private final Site site;
    private final Authentication authentication;
    private final WebSessions sessions;
    private final Template form;

    public SignInPages(Site site, Authentication authentication, WebSessions sessions) {
        this.site = site;
        this.authentication = authentication;
        this.sessions = sessions;
        this.form = site.template("sign-in.html");
    }

    /** Answers on this router from now on. */
    public void on(Router router) {
        site.openGet(router, Site.SIGN_IN, this::show);
        site.openPost(router, Site.SIGN_IN, this::signIn);
        site.post(router, "/sign-out", this::signOut);
    }

    private Answer show(RoutingContext request, Language language, Client client) {
        String next = Optional.ofNullable(request.queryParams().get("next")).orElse("");
        return site.who(request).isPresent() ? new Answer.GoTo(next(next), "") : shown(200, "", next, "");
    }

    private Answer signIn(RoutingContext request, Language language, Client client) {
        String address = Visit.field(request, "address").strip();
        String next = Visit.field(request, "next");
        Outcome outcome = authentication.signIn(new Credentials("", address, Visit.field(request, "password"), client.address()));
        return switch (outcome) {
            case Outcome.Granted granted -> {
                // Whoever put a session into this browser before does not see what is done with the new one.
                site.who(request).map(SignedIn::session).ifPresent(old -> sessions.end(old.account(), old.id()));
                site.cookies().setSession(request, sessions.open(granted.account(), client).text());
                yield new Answer.GoTo(next(next), "");
            }
            case Outcome.Wrong _ -> shown(422, address, next, "wrongPassword");
            case Outcome.Disabled _ -> shown(422, address, next, "switchedOff");
            case Outcome.Limited _ -> shown(429, address, next, "tooManyTries");
        };
    }

    private Answer signOut(Visit visit) {
        sessions.end(visit.account().id(), visit.by().session().id());
        site.cookies().removeSession(visit.request());
        return new Answer.GoTo(Site.SIGN_IN, "signedOut");
    }

    private Answer shown(int status, String address, String next, String wrong) {
        return new Answer.Shown(status, form, Map.of("address", address, "next", next, "wrong", wrong));
    }

    private static String next(String given) {
        return OURS.matcher(given).matches() ? given : HOME;
    }
}
