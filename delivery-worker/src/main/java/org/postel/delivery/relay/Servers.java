package org.postel.delivery.relay;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.postel.queue.v1.Failure;

/**
 * What one worker may do at mail servers, whatever its lanes and whichever domain the mail is for. A hosting provider takes the mail of
 * thousands of domains with a few servers, and what such a server says of its load, or of ours (421; 4.7.x but to RCPT), it says to all of
 * them: so connections are limited by the name of the MX host (RFC 5321 §5.1), or of the next hop that an operator fixed, and each
 * has an answer of its own. What is about a domain stays with the domain: how many of its messages are in hand ({@link Destinations} of the
 * relayer), and whether it is slow, whichever servers it has ({@link SlowDestinations}).
 */
public final class Servers {

    private final Destinations exchangers;
    private final Destinations fixed;
    private final Rates rates;
    /** Of each kind of lanes, for as long as the worker runs. */
    private final List<IdleSessions> idle = new CopyOnWriteArrayList<>();

    /**
     * @param exchanger connections to one MX host at once
     * @param fixed connections to one next hop that an operator fixed at once
     * @param recovery of a server that asked for less: so long until it gets more connections, or half the pause
     * @param rates of messages
     */
    public Servers(int exchanger, int fixed, Duration recovery, Rates rates) {
        this.exchangers = new Destinations(exchanger, recovery);
        this.fixed = new Destinations(fixed, recovery);
        this.rates = rates;
    }

    /** With as many for each. */
    Servers(int each, Duration recovery, Rates rates) {
        this(each, each, recovery, rates);
    }

    /**
     * A place for a message at a server, or empty when none became free in time, or it is too early for another message.
     *
     * @param counted whether it had one at another server before: then it counts for its domain's rate already
     */
    Optional<Destinations.Place> enter(String domain, Hop hop, Duration patience, boolean counted) throws InterruptedException {
        return connections(hop).enter(hop.server(), patience, () -> rates.begin(domain, hop.name(), counted));
    }

    /** Connections that wait for another message, and count as connections to their servers all the same. */
    IdleSessions idle(Reuse reuse) {
        IdleSessions sessions = new IdleSessions(reuse);
        idle.add(sessions);
        return sessions;
    }

    /** Before whoever has a place there opens a connection: closes as many that wait, in lanes of either kind, as would be too many with it. */
    void makeRoom(Hop hop) {
        String server = hop.server();
        int surplus = idle.stream().mapToInt(sessions -> sessions.count(server)).sum() - connections(hop).free(server);
        for (IdleSessions sessions : idle) {
            while (surplus > 0 && sessions.closeOne(server)) {
                surplus--;
            }
        }
    }

    /** With what a server that gets less turned a connection away the last time; empty where it did not. */
    Optional<Failure> away(Hop hop) {
        return connections(hop).away(hop.server());
    }

    private Destinations connections(Hop hop) {
        return hop.fixed() ? fixed : exchangers;
    }
}
