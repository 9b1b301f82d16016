package org.postel.mailbox.page;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import org.postel.mailbox.web.AnswerHeaders;

/** What every answer of the pages says to the browser. */
final class PageHeaders {

    // What comes from us, and nothing else; nobody frames it.
    private static final String POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
            + "base-uri 'none'; frame-ancestors 'none'";

    private PageHeaders() {}

    /** Of what may be kept, to be asked for again each time. */
    static HttpServerResponse on(RoutingContext request) {
        // Other sites learn nothing; with no-referrer our own forms would come from the origin "null".
        return AnswerHeaders.said(request).putHeader("Content-Security-Policy", POLICY).putHeader("Referrer-Policy", "same-origin")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
    }

    /** Of a page in some language that depends on who asks, and is kept nowhere. */
    static HttpServerResponse ofPage(RoutingContext request, Language language) {
        return on(request).putHeader(HttpHeaders.CONTENT_TYPE, "text/html; charset=utf-8").putHeader(HttpHeaders.CONTENT_LANGUAGE, language.tag())
                .putHeader(HttpHeaders.VARY, "Accept-Language, Cookie").putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    }
}
