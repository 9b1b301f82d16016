package org.postel.mailbox.openid;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPRequestSender;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;

/**
 * What an issuer says of itself (OpenID Connect Discovery 1.0 §4.2): where browsers and where codes go. Read when it is first needed, and
 * again after a while; one that cannot be read again counts on.
 */
final class IssuerDescription {

    private static final Logger LOG = Logger.getLogger(IssuerDescription.class);
    private static final Duration KEPT = Duration.ofHours(1);
    private static final Duration RETRY = Duration.ofSeconds(30);

    private final String issuer;
    private final URI description;
    private final HTTPRequestSender calls;
    private final Clock clock;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile Known known = new Known(Optional.empty(), Instant.MIN);

    private record Known(Optional<Endpoints> endpoints, Instant until) {}

    /**
     * Where an issuer is asked.
     *
     * @param authorization of browsers (RFC 6749 §3.1)
     * @param token         of clients (RFC 6749 §3.2)
     */
    record Endpoints(URI authorization, URI token) {}

    IssuerDescription(String issuer, URI description, HTTPRequestSender calls, Clock clock) {
        this.issuer = issuer;
        this.description = description;
        this.calls = calls;
        this.clock = clock;
    }

    /**
     * Where it is asked.
     *
     * @throws IssuerUnavailableException when that could not be read, now or within half a minute before
     */
    Endpoints endpoints() {
        if (known.endpoints.isEmpty()) {
            reading.lock();
            refresh();
        } else if (old() && reading.tryLock()) {
            refresh();
        }
        return known.endpoints.orElseThrow(() -> new IssuerUnavailableException("no description of the issuer at " + description, null));
    }

    private boolean old() {
        return !known.until.isAfter(clock.instant());
    }

    private void refresh() {
        try {
            if (old()) {
                known = new Known(Optional.of(read()), clock.instant().plus(KEPT));
            }
        } catch (IOException e) {
            LOG.warnf("the issuer's description %s was not read: %s", description, e.getMessage());
            known = new Known(known.endpoints, clock.instant().plus(RETRY));
        } finally {
            reading.unlock();
        }
    }

    private Endpoints read() throws IOException {
        try {
            OIDCProviderMetadata said = OIDCProviderMetadata.parse(new HTTPRequest(HTTPRequest.Method.GET, description).send(calls).getBodyAsJSONObject());
            if (!said.getIssuer().getValue().equals(issuer)) {
                throw new IOException("it is of another issuer, " + said.getIssuer());
            }
            if (said.getAuthorizationEndpointURI() == null || said.getTokenEndpointURI() == null) {
                throw new IOException("it names no endpoints");
            }
            return new Endpoints(said.getAuthorizationEndpointURI(), said.getTokenEndpointURI());
        } catch (ParseException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
