package org.postel.mailbox.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.jboss.logging.Logger;
import org.postel.mailbox.storage.StoreException;

/** Serves our MTA-STS policy at {@code mta-sts.DOMAIN} for each domain of ours: RFC 8461 §3.3. TLS ends before us. */
public final class OwnPolicy {

    private static final Logger LOG = Logger.getLogger(OwnPolicy.class);
    private static final String HOST = "mta-sts.";

    private final String text;
    private final Predicate<String> ours;
    private final Cache<String, Boolean> known =
            Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(Duration.ofSeconds(30)).build();

    /** @param ours whether a domain, in A-labels and lower case, is one of ours; may block */
    public OwnPolicy(PolicySettings settings, Predicate<String> ours) {
        this.text = settings.text();
        this.ours = ours;
    }

    /** Answers on this router from now on. */
    public void on(Router router) {
        router.get("/.well-known/mta-sts.txt").blockingHandler(this::answer, false);
    }

    private void answer(RoutingContext request) {
        request.response().putHeader("Content-Type", "text/plain; charset=utf-8").putHeader("X-Content-Type-Options", "nosniff");
        try {
            boolean there = request.request().authority() != null && domain(request.request().authority().host())
                    .filter(domain -> known.get(domain, ours::test)).isPresent();
            request.response().setStatusCode(there ? 200 : 404).end(there ? text : "There is no policy here.\r\n");
        } catch (StoreException e) {
            LOG.warnf("MTA-STS policy: %s", e.getMessage());
            request.response().setStatusCode(503).end("Try again later.\r\n");
        }
    }

    private static Optional<String> domain(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.startsWith(HOST) && name.length() < 255 ? Optional.of(name.substring(HOST.length())) : Optional.empty();
    }
}
