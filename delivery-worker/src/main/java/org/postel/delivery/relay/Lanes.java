package org.postel.delivery.relay;

import java.time.Duration;
import java.util.List;
import org.postel.delivery.outcome.RecipientOutcome;
import org.postel.delivery.outcome.Result;
import org.postel.delivery.relay.SlowDestinations.Step;
import org.postel.queue.v1.Stage;

/**
 * Where a message is relayed: in the main lanes, which must always flow, or in those for slow destinations, where servers are waited for
 * as long as RFC 5321 §4.5.3.2 says. Both of a worker share what they know of destinations.
 */
public final class Lanes {

    /** Octets a millisecond: content may take that long before anybody is called slow. */
    private static final int USUAL_RATE = 64;

    private final boolean main;
    private final Openings openings;
    private final SlowDestinations slow;
    private final Duration usual;
    private final Duration findings;

    private Lanes(boolean main, Openings openings, SlowDestinations slow, Duration usual, Duration findings) {
        this.main = main;
        this.openings = openings;
        this.slow = slow;
        this.usual = usual;
        this.findings = findings;
    }

    /**
     * Those of {@code mail.relay}.
     *
     * @param usual how long a message takes at most, beside its content, with a destination that is not slow
     */
    public static Lanes main(Openings openings, SlowDestinations slow, Duration usual) {
        return new Lanes(true, openings, slow, usual, Duration.ZERO);
    }

    /**
     * Those of {@code mail.relay.slow}.
     *
     * @param usual as in the main lanes
     * @param findings how long it counts whether a destination talked to us
     */
    public static Lanes slow(SlowDestinations slow, Duration usual, Duration findings) {
        return new Lanes(false, new Openings(usual, usual, 0), slow, usual, findings);
    }

    /** Whether a message for that domain leaves them untried. */
    boolean leftBy(String domain) {
        return main && slow.has(domain);
    }

    Duration findings() {
        return findings;
    }

    /** Whether a connection for a message to that domain is opened without it. */
    boolean probes(String domain) {
        return !main && slow.has(domain);
    }

    /** @param probed whether the destination was asked before, and only content is waited for */
    Openings.Hurry begin(boolean probed) {
        return probed ? Openings.unhurried().begin() : openings.begin();
    }

    /** Where a message for that domain goes from a retry tier. */
    Stage next(String domain) {
        return slow.has(domain) ? Stage.RELAY_SLOWLY : Stage.RELAY;
    }

    /**
     * A message was tried.
     *
     * @param size octets
     */
    void learn(String domain, Openings.Hurry hurry, long size, List<RecipientOutcome> outcomes) {
        if (hurry.ranOut()) {
            slow.late(domain, hurry.talked() ? Step.MESSAGE : Step.CONNECTION);
        } else if (hurry.took().compareTo(usual.plusMillis(size / USUAL_RATE)) > 0) {
            slow.late(domain, Step.MESSAGE);
        } else if (outcomes.stream().anyMatch(outcome -> outcome.result() instanceof Result.Relayed)) {
            slow.inTime(domain, Step.MESSAGE);
        }
    }

    /** It took so long until a connection was open, or was not; how the destination is with messages it does not say. */
    void probed(String domain, Duration took) {
        if (took.compareTo(usual) > 0) {
            slow.late(domain, Step.CONNECTION);
        } else {
            slow.inTime(domain, Step.CONNECTION);
        }
    }
}
