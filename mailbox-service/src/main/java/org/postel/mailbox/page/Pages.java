package org.postel.mailbox.page;

import io.quarkus.qute.Template;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.postel.mailbox.zone.ClientService;
import org.postel.mailbox.zone.ClientService.Protocol;

/** The pages that anybody may see: how to connect a mail program. TLS ends before us. */
public final class Pages {

    private static final int LONGEST_ADDRESS = 320;
    private static final List<Protocol> ORDER = List.of(Protocol.IMAP, Protocol.POP3, Protocol.SMTP);
    // What comes from us, and nothing else; nobody frames it.
    private static final String POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; "
            + "base-uri 'none'; frame-ancestors 'none'";

    private final String host;
    private final Templates templates = new Templates();
    private final Template connect = templates.of("connect.html");
    private final String style = Templates.resource("page.css");
    private final String script = Templates.resource("copy.js");

    /** @param host where mail programs connect */
    public Pages(String host) {
        this.host = host;
    }

    /** Answers on this router from now on. */
    public void on(Router router) {
        // Until there is more, whoever opens the web port looks for this.
        router.get("/").handler(request -> headers(request).setStatusCode(302).putHeader(HttpHeaders.LOCATION, "/connect").end());
        router.get("/connect").handler(this::connect);
        router.get("/page.css").handler(request -> headers(request).putHeader(HttpHeaders.CONTENT_TYPE, "text/css; charset=utf-8").end(style));
        router.get("/copy.js").handler(request -> headers(request).putHeader(HttpHeaders.CONTENT_TYPE, "text/javascript; charset=utf-8").end(script));
    }

    /**
     * A server as the page shows it.
     *
     * @param protocol IMAP, POP3 or SMTP
     * @param tls      whether TLS comes first; else STARTTLS does
     */
    public record Server(String protocol, int port, boolean tls) {
        static Server of(ClientService service) {
            return new Server(service.protocol().name(), service.port(), service.tls());
        }
    }

    private void connect(RoutingContext request) {
        Optional<String> address = Optional.ofNullable(request.queryParams().get("address"))
                .filter(given -> given.length() <= LONGEST_ADDRESS && given.indexOf('@') > 0);
        Language language = language(request);
        List<Server> servers = ORDER.stream().flatMap(protocol -> ClientService.of(protocol).stream()).map(Server::of).toList();
        Map<String, String> texts = templates.texts(language);
        headers(request).putHeader(HttpHeaders.CONTENT_TYPE, "text/html; charset=utf-8").putHeader(HttpHeaders.CONTENT_LANGUAGE, language.tag())
                .putHeader(HttpHeaders.VARY, "Accept-Language")
                .end(connect.data("t", texts, "language", language.tag(), "host", host, "servers", servers)
                        .data("user", address.orElse(texts.get("wholeAddress"))).render());
    }

    /** What a link says goes before what the browser says. */
    private static Language language(RoutingContext request) {
        return Optional.ofNullable(request.queryParams().get("lang")).flatMap(Language::of)
                .orElseGet(() -> Language.wanted(request.request().getHeader(HttpHeaders.ACCEPT_LANGUAGE)));
    }

    private static HttpServerResponse headers(RoutingContext request) {
        HttpServerRequest asked = request.request();
        HttpServerResponse response = request.response().putHeader("Content-Security-Policy", POLICY).putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "no-referrer").putHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
        // RFC 6797 §7.2: said over TLS only.
        return "https".equals(asked.getHeader("X-Forwarded-Proto")) ? response.putHeader("Strict-Transport-Security", "max-age=31536000") : response;
    }
}
