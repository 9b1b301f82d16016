package org.postel.mailbox.page;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/**
 * The cookies of the pages. None can be read by a script (HttpOnly, RFC 6265 §4.1.2.6), none goes with a form that another site sends, and
 * over https none can be set by a neighbouring host: SameSite and {@code __Host-} of the revision, draft-ietf-httpbis-rfc6265bis §4.1.
 */
final class Cookies {

    private static final String SESSION = "postel-session";
    private static final String BEGUN = "postel-sign-in";
    private static final String SAID = "postel-said";
    private static final String LANGUAGE = "postel-language";
    private static final long BEGUN_SECONDS = 900;
    private static final long SAID_SECONDS = 60;
    private static final long LANGUAGE_SECONDS = 31_536_000;

    private final boolean secure;

    Cookies(boolean secure) {
        this.secure = secure;
    }

    /** The token of a session, if one was sent. */
    Optional<String> session(RoutingContext request) {
        return value(request, SESSION);
    }

    /** Until the browser is closed: how long it counts is for us to say. */
    void setSession(RoutingContext request, String token) {
        request.response().addCookie(cookie(SESSION, token));
    }

    void removeSession(RoutingContext request) {
        request.response().addCookie(cookie(SESSION, "").setMaxAge(0));
    }

    /** Takes the sign-in that this browser began elsewhere, if it did so within a quarter of an hour. */
    Optional<String> takeBegun(RoutingContext request) {
        Optional<String> begun = value(request, BEGUN);
        begun.ifPresent(_ -> request.response().addCookie(cookie(BEGUN, "").setMaxAge(0)));
        return begun;
    }

    /** Leaves a sign-in to be ended by the browser that began it. */
    void setBegun(RoutingContext request, String begun) {
        request.response().addCookie(cookie(BEGUN, begun).setMaxAge(BEGUN_SECONDS));
    }

    /** Takes what is to be said on the next page: the name of a text. */
    Optional<String> takeSaid(RoutingContext request) {
        Optional<String> said = value(request, SAID);
        said.ifPresent(_ -> request.response().addCookie(cookie(SAID, "").setMaxAge(0)));
        return said;
    }

    /** Leaves something to be said on the next page. */
    void setSaid(RoutingContext request, String text) {
        request.response().addCookie(cookie(SAID, text).setMaxAge(SAID_SECONDS));
    }

    /** The language that was chosen before. */
    Optional<Language> language(RoutingContext request) {
        return value(request, LANGUAGE).flatMap(Language::of);
    }

    void setLanguage(RoutingContext request, Language language) {
        request.response().addCookie(cookie(LANGUAGE, language.tag()).setMaxAge(LANGUAGE_SECONDS));
    }

    private Optional<String> value(RoutingContext request, String name) {
        return Optional.ofNullable(request.request().getCookie(named(name))).map(Cookie::getValue);
    }

    private Cookie cookie(String name, String value) {
        return Cookie.cookie(named(name), value).setPath("/").setHttpOnly(true).setSecure(secure).setSameSite(CookieSameSite.LAX);
    }

    private String named(String name) {
        return secure ? "__Host-" + name : name;
    }
}
