package org.postel.delivery.smtp;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * As whom we connect.
 *
 * @param hostname in EHLO (RFC 5321 §4.1.1.1)
 * @param platform the name that our own servers greet with: who answers by it is one of us
 * @param sources addresses to connect from; of a family that has none, whichever this machine takes
 */
public record ClientIdentity(String hostname, String platform, List<InetAddress> sources) {

    /** An unchangeable copy. */
    public ClientIdentity {
        sources = List.copyOf(sources);
    }

    /** By one name, from anywhere. */
    public static ClientIdentity of(String hostname) {
        return new ClientIdentity(hostname, hostname, List.of());
    }

    boolean isUs(String name) {
        return name.equalsIgnoreCase(hostname) || name.equalsIgnoreCase(platform);
    }

    Optional<InetAddress> source(InetAddress server) {
        return sources.stream().filter(source -> source.getClass() == server.getClass()).findFirst();
    }
}
