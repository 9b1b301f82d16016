package org.postel.mailbox.page;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.net.URI;
import java.util.Set;

/** Whether a form was sent from a page of ours. Every browser of today says where from, so who does not is refused. */
final class SameSite {

    /** Fetch Metadata: none stands for the person at the browser. */
    private static final Set<String> OURS = Set.of("same-origin", "none");

    private SameSite() {}

    static boolean sent(HttpServerRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        return site == null ? named(request) : OURS.contains(site);
    }

    /** Browsers send Sec-Fetch-Site over https only. A proxy may have another scheme than we; the host it leaves as it is. */
    private static boolean named(HttpServerRequest request) {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        // The Host field, or what stands for it in HTTP/2.
        HostAndPort host = request.authority();
        try {
            return origin != null && host != null && host.toString().equalsIgnoreCase(URI.create(origin).getRawAuthority());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
