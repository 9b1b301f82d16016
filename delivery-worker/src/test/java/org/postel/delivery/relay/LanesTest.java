package org.postel.delivery.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postel.delivery.outcome.RecipientOutcome;
import org.postel.delivery.outcome.Result;
import org.postel.queue.v1.Recipient;

/** Why a domain is slow, and what makes it quick again. */
class LanesTest {

    private static final String DOMAIN = "example.org";
    private static final Duration USUAL = Duration.ofSeconds(20);
    private static final Duration NONE = Duration.ZERO;
    private static final List<RecipientOutcome> RELAYED =
            List.of(new RecipientOutcome(Recipient.getDefaultInstance(), new Result.Relayed("mx.example.org", "mx.example.org", "250 ok", false)));

    private final SlowDestinations slow = new SlowDestinations(Duration.ofHours(1));
    private final Lanes main = Lanes.main(new Openings(USUAL, USUAL, 0), slow, USUAL);
    private final Lanes probing = Lanes.slow(slow, USUAL, Duration.ofMinutes(5));

    /** A probe sends no content: each would let the domain hold up a main lane for ten minutes again. */
    @Test
    void aDomainThatIsLateWithContentIsForgivenByContentOnly() {
        finish(Lanes.main(new Openings(USUAL, USUAL, 0), slow, Duration.ofNanos(1)), RELAYED);
        assertTrue(main.leftBy(DOMAIN));
        probing.probed(DOMAIN, Duration.ZERO);
        finish(probing, List.of());
        assertTrue(main.leftBy(DOMAIN), "nothing went over the connection");
        finish(probing, RELAYED);
        assertFalse(main.leftBy(DOMAIN));
    }

    @Test
    void soIsOneThatStopsWithinTheEnvelope() {
        try (Openings.Hurry hurry = new Openings(NONE, NONE, 0).begin()) {
            hurry.talks();
            assertTrue(hurry.over());
            main.learn(DOMAIN, hurry, 1, List.of());
        }
        probing.probed(DOMAIN, Duration.ZERO);
        assertTrue(main.leftBy(DOMAIN));
    }

    @Test
    void aDomainThatIsLateWithBothNeedsBoth() {
        slow.late(DOMAIN, SlowDestinations.Step.MESSAGE);
        probing.probed(DOMAIN, USUAL.plusSeconds(1));
        finish(probing, RELAYED);
        assertTrue(main.leftBy(DOMAIN));
        probing.probed(DOMAIN, USUAL);
        assertFalse(main.leftBy(DOMAIN));
        assertEquals(0, slow.count());
    }

    private static void finish(Lanes lanes, List<RecipientOutcome> outcomes) {
        try (Openings.Hurry hurry = lanes.begin(true)) {
            hurry.talks();
            lanes.learn(DOMAIN, hurry, 1, outcomes);
        }
    }
}
