package org.postel.delivery.relay;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Set;

/**
 * Names and addresses under which mail would come back to us: RFC 5321 §5.1.
 *
 * @param names in lower case
 * @param addresses of ours, such as those of the load balancer
 * @param loopbackIsOurs whether a domain may point to the loopback interface of this machine: only a test wants that
 */
public record Ourselves(Set<String> names, Set<InetAddress> addresses, boolean loopbackIsOurs) {

    /** Names in lower case. */
    public Ourselves {
        names = names.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(java.util.stream.Collectors.toUnmodifiableSet());
        addresses = Set.copyOf(addresses);
    }

    boolean isHost(String name) {
        return names.contains(name.toLowerCase(Locale.ROOT));
    }

    boolean isAddress(InetAddress address) {
        boolean neverAnother = address.isLoopbackAddress() || address.isAnyLocalAddress();
        return addresses.contains(address) || loopbackIsOurs && neverAnother;
    }
}
