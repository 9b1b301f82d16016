package org.postel.clients;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.postel.wire.Network;

/**
 * How many connections a network may have at all gateways of a kind, as an operator sets it.
 *
 * @param open that are open
 * @param connections within a minute; 0: no limit
 * @param interval between two exchanges of the gateways
 * @param spared networks that are not counted
 */
public record ClientLimits(int open, int connections, Duration interval, List<Network> spared) {

    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(10);

    /** @throws IllegalArgumentException when one makes no sense */
    public ClientLimits {
        spared = List.copyOf(spared);
        if (open < 1 || connections < 0) {
            throw new IllegalArgumentException("max-connections-per-address is at least 1, rate.connections at least 0: " + open + ", " + connections);
        }
        if (interval.compareTo(SHORTEST) < 0 || interval.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("rate.interval must be from " + SHORTEST + " to " + LONGEST + ", not " + interval);
        }
    }

    /** Counts by them. */
    public ClientRates rates() {
        return new ClientRates(new ClientActivity(open, connections, 0), ClientExchange.heardFor(interval), this::spares, System::nanoTime);
    }

    private boolean spares(InetAddress client) {
        return spared.stream().anyMatch(network -> network.contains(client));
    }
}
