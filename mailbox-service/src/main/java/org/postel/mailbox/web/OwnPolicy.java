package org.postel.mailbox.web;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import org.jboss.logging.Logger;
import org.postel.mailbox.storage.StoreException;

/** Serves our MTA-STS policy at {@code mta-sts.DOMAIN} for each domain of ours: RFC 8461 §3.3. TLS ends before us. */
public final class OwnPolicy {

    private static final Logger LOG = Logger.getLogger(OwnPolicy.class);
    private static final String HOST = "mta-sts.";

    private final String text;
    private final OurDomains domains;

    public OwnPolicy(PolicySettings settings, OurDomains domains) {
        this.text = settings.text();
        this.domains = domains;
    }

    /** Answers on this router from now on. */
    public void on(Router router) {
        router.get("/.well-known/mta-sts.txt").blockingHandler(this::answer, false);
    }

    private void answer(RoutingContext request) {
        request.response().putHeader("Content-Type", "text/plain; charset=utf-8").putHeader("X-Content-Type-Options", "nosniff");
        try {
            boolean there = request.request().authority() != null
                    && domains.ofHost(request.request().authority().host(), HOST).isPresent();
            request.response().setStatusCode(there ? 200 : 404).end(there ? text : "There is no policy here.\r\n");
        } catch (StoreException e) {
            LOG.warnf("MTA-STS policy: %s", e.getMessage());
            request.response().setStatusCode(503).end("Try again later.\r\n");
        }
    }
}
