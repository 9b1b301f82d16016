package org.postel.mailbox.page;

import io.vertx.core.MultiMap;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.postel.mailbox.directory.Authentication.Outcome;
import org.postel.mailbox.directory.IssuerSignIns;
import org.postel.mailbox.directory.IssuerSignIns.Ended;
import org.postel.mailbox.identity.KeysUnavailableException;
import org.postel.mailbox.openid.Answered;
import org.postel.mailbox.openid.BegunSignIn;
import org.postel.mailbox.openid.IssuerUnavailableException;
import org.postel.mailbox.signin.Client;

/** The way of a browser to an issuer and back (OpenID Connect Core 1.0 §3.1). */
final class IssuerPages {

    private static final Logger LOG = Logger.getLogger(IssuerPages.class);
    private static final String BEGIN = "/sign-in/issuer";
    private static final String BACK = BEGIN + "/answer";

    private final Site site;
    private final IssuerSignIns signIns;
    private final Entrance entrance;
    private final SignInForm form;
    private final SignInNotes notes;

    IssuerPages(Site site, IssuerSignIns signIns, Entrance entrance, SignInForm form, SignInNotes notes) {
        this.site = site;
        this.signIns = signIns;
        this.entrance = entrance;
        this.form = form;
        this.notes = notes;
    }

    void on(Router router) {
        site.openGet(router, BEGIN, this::begin);
        site.openGet(router, BACK, this::back);
    }

    /** Where a sign-in begins that leads to a page. */
    static String begin(String next) {
        return BEGIN + "?next=" + URLEncoder.encode(Entrance.next(next), StandardCharsets.UTF_8);
    }

    private Answer begin(RoutingContext request, Language language, Client client) {
        String next = Entrance.next(Optional.ofNullable(request.queryParams().get("next")).orElse(""));
        BegunSignIn begun = BegunSignIn.now(next);
        try {
            Answer there = new Answer.Elsewhere(signIns.issuer().begin(begun, language.tag()));
            site.cookies().setBegun(request, begun.text());
            return there;
        } catch (IssuerUnavailableException e) {
            LOG.warn(e.getMessage());
            return form.later("issuerSilent", next);
        }
    }

    private Answer back(RoutingContext request, Language language, Client client) {
        Optional<BegunSignIn> begun = site.cookies().takeBegun(request).flatMap(BegunSignIn::parse);
        if (begun.isEmpty()) {
            return form.again(new Outcome.Wrong(), "issuerStale", "", "");
        }
        String next = begun.get().next();
        try {
            Ended ended = signIns.signIn(begun.get(), parameters(request.queryParams()), client.address());
            notes.ended(ended.outcome(), ended.said().map(IssuerPages::named).orElse(""), "openid", client);
            return ended.outcome() instanceof Outcome.Granted granted ? entrance.enter(request, granted.account(), client, next)
                    : form.again(ended.outcome(), ended.said().map(IssuerPages::wrong).orElse(""), "", next);
        } catch (IssuerUnavailableException | KeysUnavailableException e) {
            LOG.warn(e.getMessage());
            return form.later("issuerSilent", next);
        }
    }

    /** Whose it was, as far as the issuer said. */
    private static String named(Answered said) {
        return said instanceof Answered.Named(String account) ? account : "";
    }

    private static String wrong(Answered said) {
        return switch (said) {
            case Answered.Named _ -> "issuerNobody";
            case Answered.Unverified _ -> "issuerUnverified";
            case Answered.Refused _ -> "issuerRefused";
            case Answered.Stale _ -> "issuerStale";
            case Answered.NotGood _ -> "issuerNotGood";
        };
    }

    private static Map<String, List<String>> parameters(MultiMap query) {
        return query.names().stream().collect(Collectors.toMap(name -> name, query::getAll));
    }
}
