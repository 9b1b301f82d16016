package org.postel.mailbox.signin;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.postel.wire.Network;

/**
 * Tells who asks, so that limits count the client and not the proxy before us. X-Forwarded-For is read from its end, where our own proxies
 * write, as long as they are ours (SAFETY row 37): what a client wrote before that counts for nothing.
 */
public final class Clients {

    private static final String FORWARDED_FOR = "X-Forwarded-For";
    private static final int MOST_HOPS = 20;

    private final List<Network> proxies;

    /** @param proxies whose X-Forwarded-For is believed */
    public Clients(List<Network> proxies) {
        this.proxies = proxies;
    }

    /** Who sent a request. */
    public Client of(HttpServerRequest request) {
        return new Client(address(request), Optional.ofNullable(request.getHeader(HttpHeaders.USER_AGENT)).orElse(""));
    }

    private String address(HttpServerRequest request) {
        String nearest = request.remoteAddress().hostAddress();
        List<String> hops = request.headers().getAll(FORWARDED_FOR).stream().flatMap(field -> Arrays.stream(field.split(","))).toList();
        for (int hop = hops.size() - 1; hop >= Math.max(0, hops.size() - MOST_HOPS) && ours(nearest); hop--) {
            Optional<InetAddress> next = literal(hops.get(hop).strip());
            if (next.isEmpty()) {
                break;
            }
            nearest = next.get().getHostAddress();
        }
        return nearest;
    }

    private boolean ours(String address) {
        return literal(address).filter(peer -> proxies.stream().anyMatch(network -> network.contains(peer))).isPresent();
    }

    /** Some proxies write the port too: 192.0.2.1:4711, [2001:db8::1]:4711. */
    private static Optional<InetAddress> literal(String written) {
        String address = written;
        if (written.startsWith("[")) {
            address = written.substring(1, Math.max(1, written.indexOf(']')));
        } else if (written.indexOf(':') == written.lastIndexOf(':') && written.indexOf(':') > 0) {
            address = written.substring(0, written.indexOf(':'));
        }
        try {
            return Optional.of(InetAddress.ofLiteral(address));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
