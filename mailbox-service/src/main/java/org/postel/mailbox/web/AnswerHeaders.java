package org.postel.mailbox.web;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** What every answer of the web port says to browsers, whether it is meant for one or not. TLS ends before us. */
public final class AnswerHeaders {

    // Should a browser show it: nothing in it runs, and nobody frames it.
    private static final String POLICY = "default-src 'none'; frame-ancestors 'none'";

    private AnswerHeaders() {}

    /** Before anything else that this router does, so that refusals say it too. */
    public static void on(Router router) {
        router.route().order(Integer.MIN_VALUE).handler(request -> {
            said(request);
            request.next();
        });
    }

    /** Of an answer that is kept nowhere; who knows better says so after. */
    public static HttpServerResponse said(RoutingContext request) {
        HttpServerResponse response = request.response().putHeader("Content-Security-Policy", POLICY).putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "no-referrer").putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        // RFC 6797 §7.2: said over TLS only.
        return "https".equals(request.request().getHeader("X-Forwarded-Proto")) ? response.putHeader("Strict-Transport-Security", "max-age=31536000") : response;
    }
}
