package org.postel.delivery.server;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.postel.delivery.relay.SenderIdentities;
import org.postel.delivery.smtp.ClientIdentity;
import org.postel.mail.AddressSyntaxException;
import org.postel.mail.Domain;

/** As whom the operator wants us to connect. */
final class Identities {

    private Identities() {
    }

    /** @throws IllegalArgumentException with the property that is wrong */
    static SenderIdentities of(DeliveryConfig.Relay relay, String hostname) {
        Set<String> domains = new HashSet<>(relay.ehloNames().keySet());
        domains.addAll(relay.sourceAddresses().keySet());
        Map<String, ClientIdentity> identities = new HashMap<>();
        domains.forEach(domain -> identities.put(canonical("a sender", domain), new ClientIdentity(
                canonical("postel.delivery.relay.ehlo-names", relay.ehloNames().getOrDefault(domain, hostname)), hostname,
                addresses(relay.sourceAddresses().getOrDefault(domain, "")))));
        return new SenderIdentities(ClientIdentity.of(hostname), identities);
    }

    /** Addresses to connect from that this machine has not, or not yet: an address may move from one machine to another. */
    static List<InetAddress> missing(SenderIdentities identities) {
        return identities.ofDomains().values().stream().flatMap(identity -> identity.sources().stream()).distinct()
                .filter(address -> !isHere(address)).toList();
    }

    private static boolean isHere(InetAddress address) {
        try {
            return NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            // Then nobody knows.
            return true;
        }
    }

    private static List<InetAddress> addresses(String text) {
        return Arrays.stream(text.split(",")).map(String::strip).filter(address -> !address.isEmpty()).map(Identities::literal).toList();
    }

    private static InetAddress literal(String address) {
        try {
            return InetAddress.ofLiteral(address);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("postel.delivery.relay.source-addresses: not an IP address: " + address, e);
        }
    }

    private static String canonical(String property, String name) {
        try {
            return Domain.parse(name).canonical();
        } catch (AddressSyntaxException e) {
            throw new IllegalArgumentException(property + ": not a name: " + name, e);
        }
    }
}
