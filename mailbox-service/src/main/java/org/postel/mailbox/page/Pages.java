package org.postel.mailbox.page;

import io.quarkus.qute.Template;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.postel.mailbox.signin.Client;
import org.postel.mailbox.signin.SignedIn;
import org.postel.mailbox.zone.ClientService;
import org.postel.mailbox.zone.ClientService.Protocol;

/** The pages that anybody may see: how to connect a mail program, with the address of who is signed in. */
public final class Pages {

    private static final int LONGEST_ADDRESS = 320;
    private static final List<Protocol> ORDER = List.of(Protocol.IMAP, Protocol.POP3, Protocol.SMTP);

    private final String host;
    private final Site site;
    private final Template connect;
    private final Map<String, String> files = Map.of("page.css", "text/css", "copy.js", "text/javascript", "password.js", "text/javascript");

    /** @param host where mail programs connect */
    public Pages(String host, Site site) {
        this.host = host;
        this.site = site;
        this.connect = site.template("connect.html");
    }

    /** Answers on this router from now on. */
    public void on(Router router) {
        Site.shown(router, "/").handler(request -> PageHeaders.on(request).setStatusCode(302).putHeader(HttpHeaders.LOCATION, "/account").end());
        site.openGet(router, "/connect", this::connect);
        files.forEach((name, type) -> {
            String file = Templates.resource(name);
            Site.shown(router, "/" + name).handler(request -> PageHeaders.on(request).putHeader(HttpHeaders.CONTENT_TYPE, type + "; charset=utf-8").end(file));
        });
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

    private Answer connect(RoutingContext request, Language language, Client client) {
        Optional<SignedIn> by = site.visitor(request);
        Optional<String> address = by.map(visitor -> visitor.account().address()).or(() -> Optional.ofNullable(request.queryParams().get("address"))
                .filter(given -> given.length() <= LONGEST_ADDRESS && given.indexOf('@') > 0));
        List<Server> servers = ORDER.stream().flatMap(protocol -> ClientService.of(protocol).stream()).map(Server::of).toList();
        return Answer.page(connect, Map.of("host", host, "servers", servers,
                "user", address.orElse(site.texts(language).get("wholeAddress")),
                "signedIn", by.isPresent()));
    }
}
