package org.postel.mailbox.page;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/** What every answer of the pages says to the browser. TLS ends before us. */
final class PageHeaders {

    // What comes from us, and nothing else; nobody frames it.
    private static final String POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
            + "base-uri 'none'; frame-ancestors 'none'";

    private PageHeaders() {}

    /** Of what may be kept, to be asked for again each time. */
    static HttpServerResponse on(RoutingContext request) {
        // Other sites learn nothing; with no-referrer our own forms would come from the origin "null".
        HttpServerResponse response = request.response().putHeader("Content-Security-Policy", POLICY).putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "same-origin").putHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
        // RFC 6797 §7.2: said over TLS only.
        return "https".equals(request.request().getHeader("X-Forwarded-Proto")) ? response.putHeader("Strict-Transport-Security", "max-age=31536000") : response;
    }

    /** Of a page in some language that depends on who asks, and is kept nowhere. */
    static HttpServerResponse ofPage(RoutingContext request, Language language) {
        return on(request).putHeader(HttpHeaders.CONTENT_TYPE, "text/html; charset=utf-8").putHeader(HttpHeaders.CONTENT_LANGUAGE, language.tag())
                .putHeader(HttpHeaders.VARY, "Accept-Language, Cookie").putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    }
}
