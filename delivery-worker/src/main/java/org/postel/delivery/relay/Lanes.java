package org.postel.delivery.relay;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.postel.delivery.outcome.RecipientOutcome;
import org.postel.delivery.outcome.Result;
import org.postel.delivery.relay.SlowDestinations.Pace;
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
        return main && slow.of(domain) != Pace.USUAL;
    }

    Duration findings() {
        return findings;
    }

    /** Whether a connection for a message to that domain is opened without it. */
    boolean probes(String domain) {
        return !main && slow.of(domain) != Pace.USUAL;
    }

    /** @param probed whether the destination was asked before, and only content is waited for, or whom nobody can ask now */
    Openings.Hurry begin(boolean probed) {
        return probed ? Openings.unhurried().begin() : openings.begin();
    }

    /** Where a message for that domain goes from a retry tier. */
    Stage next(String domain) {
        return slow.of(domain) == Pace.USUAL ? Stage.RELAY : Stage.RELAY_SLOWLY;
    }

    /**
     * A message was tried.
     *
     * @param size octets
     * @param probed whether its connection was opened before: then it says nothing of how long that takes
     */
    void learn(String domain, Openings.Hurry hurry, long size, List<RecipientOutcome> outcomes, boolean probed) {
        boolean late = hurry.took().compareTo(usual.plusMillis(size / USUAL_RATE)) > 0;
        boolean answered = outcomes.stream().anyMatch(outcome -> answered(outcome.result()));
        if (!probed || late) {
            slow.learn(domain, hurry.ranOut() || late && !answered ? Pace.SILENT : late ? Pace.LATE : Pace.USUAL);
        }
    }

    /** It took so long until a connection was open, or was not. */
    void probed(String domain, Duration took, Optional<Result> failure) {
        slow.learn(domain, took.compareTo(usual) <= 0 ? Pace.USUAL : failure.isEmpty() ? Pace.LATE : Pace.SILENT);
    }

    private static boolean answered(Result result) {
        return switch (result) {
            case Result.Deferred(var failure) -> !failure.getReply().isEmpty();
            case Result.Refused(var failure) -> !failure.getReply().isEmpty();
            case Result.Relayed relayed -> true;
            case Result.Delivered delivered -> true;
            case Result.Expanded expanded -> true;
        };
    }
}
