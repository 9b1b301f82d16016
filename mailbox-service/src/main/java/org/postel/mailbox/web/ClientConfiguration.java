package org.postel.mailbox.web;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;
import org.jboss.logging.Logger;
import org.postel.mailbox.signin.Clients;
import org.postel.mailbox.storage.StoreException;

/**
 * Tells mail programs where to connect, from an address alone. Anybody may ask; the answer is the same for every address of a
 * domain of ours, so that nobody learns who is there. TLS ends before us.
 *
 * <p>Mozilla's programs ask {@code https://autoconfig.DOMAIN/mail/config-v1.1.xml} and
 * {@code https://DOMAIN/.well-known/autoconfig/mail/config-v1.1.xml}; Outlook posts to
 * {@code https://autodiscover.DOMAIN/autodiscover/autodiscover.xml}, in letters of any case, and asks
 * {@code /autodiscover/autodiscover.json} before (MS-OXDSCLI §3.1.5). Apple's devices are led to
 * {@code /mail/apple.mobileconfig?emailaddress=} by their owners.
 */
public final class ClientConfiguration {

    private static final Logger LOG = Logger.getLogger(ClientConfiguration.class);
    private static final String AUTOCONFIG = "autoconfig.";
    private static final String PACC = "ua-auto-config.";
    private static final long LONGEST_REQUEST = 16 << 10;
    private static final int LONGEST_ADDRESS = 320;
    private static final String XML = "application/xml; charset=utf-8";
    private static final String JSON = "application/json";
    private static final String POX = "AutodiscoverV1";

    private final MozillaConfig mozilla;
    private final OutlookConfig outlook;
    private final AppleProfile apple;
    private final Optional<PaccDocument> pacc;
    private final LimitedProfiles profiles;
    private final Clients clients;
    private final OurDomains domains;

    /**
     * @param host     where mail programs connect
     * @param profiles signs those for Apple's devices
     * @param clients  tells who asks
     * @param pacc     whether the document of a draft is served too
     */
    public ClientConfiguration(String host, OurDomains domains, LimitedProfiles profiles, Clients clients, boolean pacc) {
        this.pacc = pacc ? Optional.of(new PaccDocument(host)) : Optional.empty();
        this.apple = new AppleProfile(host);
        this.profiles = profiles;
        this.clients = clients;
        this.mozilla = new MozillaConfig(host);
        this.outlook = new OutlookConfig(host);
        this.domains = domains;
    }

    /** Answers on this router from now on. */
    public void on(Router router) {
        router.get("/mail/config-v1.1.xml").blockingHandler(safely(request -> mozilla(request, AUTOCONFIG)), false);
        router.get("/.well-known/autoconfig/mail/config-v1.1.xml").blockingHandler(safely(request -> mozilla(request, "")), false);
        pacc.ifPresent(document -> router.get("/.well-known/user-agent-configuration.json")
                .blockingHandler(safely(request -> pacc(request, document)), false));
        router.get("/mail/apple.mobileconfig").blockingHandler(safely(this::apple), false);
        router.postWithRegex("(?i)/autodiscover/autodiscover\\.xml").handler(BodyHandler.create(false).setBodyLimit(LONGEST_REQUEST))
                .blockingHandler(safely(this::outlook), false);
        router.getWithRegex("(?i)/autodiscover/autodiscover\\.xml").blockingHandler(safely(this::outlook), false);
        router.getWithRegex("(?i)/autodiscover/autodiscover\\.json(/v1\\.0/.*)?").blockingHandler(safely(this::autodiscover), false);
    }

    /** What makes an answer. */
    @FunctionalInterface
    private interface Answering {
        void answer(RoutingContext request) throws XMLStreamException, IOException;
    }

    private static Handler<RoutingContext> safely(Answering answering) {
        return request -> {
            try {
                answering.answer(request);
            } catch (StoreException e) {
                LOG.warnf("client configuration: %s", e.getMessage());
                request.response().setStatusCode(503).end("Try again later.\r\n");
            } catch (IOException e) {
                LOG.errorf("client configuration: %s", e.getMessage());
                request.response().setStatusCode(500).end("This cannot be made now.\r\n");
            } catch (XMLStreamException e) {
                throw new IllegalStateException(e);
            }
        };
    }

    /** The address that is asked about goes before the host: one host may answer for many domains. */
    private void mozilla(RoutingContext request, String child) throws XMLStreamException {
        Optional<String> domain = parameter(request, "emailaddress").flatMap(domains::ofAddress)
                .or(() -> Optional.ofNullable(request.request().authority()).flatMap(authority -> domains.ofHost(authority.host(), child)));
        if (domain.isPresent()) {
            response(request, XML).end(mozilla.of(domain.get()));
        } else {
            response(request, "text/plain").setStatusCode(404).end("There is no mail here.\r\n");
        }
    }

    private void pacc(RoutingContext request, PaccDocument document) {
        Optional<String> domain = Optional.ofNullable(request.request().authority()).flatMap(authority -> domains.ofHost(authority.host(), PACC));
        if (domain.isPresent()) {
            response(request, JSON).end(document.of(domain.get()));
        } else {
            response(request, "text/plain").setStatusCode(404).end("There is no mail here.\r\n");
        }
    }

    /** Without a password, for the device asks for it: so it is the same for every address of a domain, whether there is such an account or not. */
    private void apple(RoutingContext request) throws IOException {
        Optional<String> address = parameter(request, "emailaddress").filter(given -> domains.ofAddress(given).isPresent());
        if (address.isPresent()) {
            Optional<ProfileSignature> signature = profiles.forClient(clients.of(request.request()).address());
            if (signature.isEmpty()) {
                response(request, "text/plain").putHeader("Retry-After", Long.toString(Math.max(1, profiles.refill().toSeconds()))).setStatusCode(429)
                        .end("Too many profiles were asked for. Try again later.\r\n");
                return;
            }
            byte[] profile = signature.get().sign(apple.of(new AppleProfile.Owner(address.get(), "", Optional.empty())));
            response(request, AppleProfile.MEDIA_TYPE).putHeader("Content-Disposition", "attachment; filename=\"mail.mobileconfig\"")
                    .end(Buffer.buffer(profile));
        } else {
            response(request, "text/plain").setStatusCode(404).end("There is no mail here.\r\n");
        }
    }

    /** Never an error of HTTP: some programs would go on to ask for an Exchange server, and others end there. */
    private void outlook(RoutingContext request) throws XMLStreamException {
        Optional<String> address = Optional.ofNullable(request.body().asString()).flatMap(OutlookConfig::address)
                .or(() -> parameter(request, "email")).filter(given -> given.length() <= LONGEST_ADDRESS)
                .filter(given -> domains.ofAddress(given).isPresent());
        response(request, XML).end(address.isPresent() ? outlook.of(address.get()) : outlook.none());
    }

    /** Only the XML above is here, so whatever is asked for, that is said to be the place. */
    private void autodiscover(RoutingContext request) {
        Optional<String> domain = parameter(request, "Email").or(() -> Optional.of(last(request.normalizedPath()))).flatMap(domains::ofAddress);
        JsonObject answer = domain.isPresent()
                ? new JsonObject().put("Protocol", POX).put("Url", "https://autodiscover." + domain.get() + "/autodiscover/autodiscover.xml")
                : new JsonObject().put("ErrorCode", "UserNotFound").put("ErrorMessage", "The address is in no domain of ours.");
        response(request, JSON).end(answer.encode());
    }

    private static Optional<String> parameter(RoutingContext request, String name) {
        return Optional.ofNullable(request.queryParams().get(name)).filter(value -> value.length() <= LONGEST_ADDRESS);
    }

    private static String last(String path) {
        return URLDecoder.decode(path.substring(path.lastIndexOf('/') + 1).replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static HttpServerResponse response(RoutingContext request, String type) {
        return request.response().putHeader("Content-Type", type).putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Cache-Control", "no-cache");
    }
}
