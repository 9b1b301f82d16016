package org.postel.delivery.relay;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.postel.delivery.outcome.Failures;

/** Next hops that the operator fixed, by domain; everything else is asked elsewhere. */
public final class FixedHops implements NextHops {

    /** Stands for every domain that has no entry of its own. */
    public static final String ANY = "*";

    private record HostPort(String host, int port) {}

    private final Map<String, HostPort> hops;
    private final NextHops others;
    private final ConnectionSecurity security;

    /**
     * @param hops domain, or {@code *}, to {@code host:port}; IPv6 in brackets
     * @param others for a domain that is not among them
     * @param security of connections to them
     * @throws IllegalArgumentException when one is not host:port
     */
    public FixedHops(Map<String, String> hops, NextHops others, ConnectionSecurity security) {
        this.hops = new HashMap<>();
        hops.forEach((domain, hop) -> this.hops.put(domain.toLowerCase(Locale.ROOT), parse(domain, hop)));
        this.others = others;
        this.security = security;
    }

    @Override
    public Found of(String domain, TlsNeed need) throws InterruptedException {
        Optional<HostPort> hop = Optional.ofNullable(hops.getOrDefault(domain, hops.get(ANY)));
        return hop.isPresent() ? resolve(hop.get(), need) : others.of(domain, need);
    }

    private Found resolve(HostPort hop, TlsNeed need) {
        try {
            List<Hop> addresses = Arrays.stream(InetAddress.getAllByName(hop.host()))
                    .map(address -> new Hop(hop.host(), new InetSocketAddress(address, hop.port()), 0, security.fixed(need), true)).toList();
            return new Found.Servers(addresses);
        } catch (UnknownHostException e) {
            return new Found.None(Failures.of("4.4.4", "The mail server for this domain has no address."));
        }
    }

    private static HostPort parse(String domain, String hop) {
        int colon = hop.lastIndexOf(':');
        try {
            int port = Integer.parseInt(hop.substring(colon + 1));
            if (colon > 0 && port > 0 && port < 65_536) {
                return new HostPort(hop.substring(0, colon).replaceAll("^\\[|]$", ""), port);
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("the next hop of " + domain + " is not host:port: " + hop, e);
        }
        throw new IllegalArgumentException("the next hop of " + domain + " is not host:port: " + hop);
    }
}
