package org.postel.mailbox.transit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.postel.mailbox.transit.Passage.Change;
import org.postel.queue.v1.Place;
import org.postel.queue.v1.QueueEntry.State;
import org.postel.queue.v1.TraceEvent;

class PassageTest {

    private static final String BOB = "bob@example.org";
    private static final String CAROL = "carol@example.net";
    private final Steps steps = new Steps();

    @Test
    void anAcceptedMessageIsOneEntryForAllItsRecipients() {
        assertEquals(Map.of(Passage.ALL, State.ACCEPTED), states(passage(steps.accepted())));
    }

    @Test
    void anEntrySaysWhereARecordWaitsOnlyIfItWasTold() {
        Place place = Place.newBuilder().setTopic("mail.retry.5m").setOffset(7).build();
        TraceEvent deferred = steps.step("deferred", BOB).toBuilder().setPlace(place).setDueAt(9).build();
        assertEquals(place, passage(deferred).change().open().get(BOB).getPlace());
        assertFalse(passage(steps.step("routed", BOB)).change().open().get(BOB).hasPlace());
    }

    @Test
    void theFirstNewsOfARecipientEndsTheEntryForAll() {
        assertEquals(Map.of(BOB, State.RELAYING), states(passage(steps.accepted(), steps.step("routed", BOB))));
        assertEquals(Map.of(), states(passage(steps.accepted(), steps.step("delivered", BOB))));
    }

    @Test
    void eachRecipientHasItsOwnEnd() {
        assertEquals(Map.of(CAROL, State.DEFERRED), states(passage(steps.accepted(), steps.step("routed", BOB), steps.step("routed", CAROL),
                steps.step("relayed", BOB), steps.step("deferred", CAROL))));
        for (String end : Set.of("delivered", "relayed", "bounced", "dead", "held", "deleted")) {
            assertEquals(Map.of(), states(passage(steps.accepted(), steps.step("deferred", BOB), steps.step(end, BOB))), end);
        }
    }

    @Test
    void newsOfAnAliasesTargetEndTheAlias() {
        String sales = "sales@example.test";
        assertEquals(Map.of(BOB, State.DEFERRED), states(passage(steps.step("deferred", sales), steps.step("deferred", BOB, sales))));
        assertEquals(Map.of(), states(passage(steps.step("deferred", sales), steps.step("delivered", BOB, sales))));
    }

    @Test
    void acceptedIsFirstWheneverItComes() {
        TraceEvent accepted = steps.accepted();
        assertEquals(Map.of(), states(passage(steps.step("delivered", BOB), accepted)));
    }

    @Test
    void whatIsNotUnderstoodIsOnlyTold() {
        assertEquals(Map.of(Passage.ALL, State.ACCEPTED), states(passage(steps.accepted(), steps.step("greylisted", BOB))));
    }

    @Test
    void endsCountOnlyWhereSomethingMayHaveBeenWritten() {
        assertTrue(passage(steps.accepted(), steps.step("delivered", BOB)).change().fromHere());
        Change later = passage(steps.step("relayed", BOB)).change();
        assertFalse(later.fromHere());
        assertTrue(later.ended().containsAll(Set.of(BOB, Passage.ALL)));
    }

    @Test
    void atRestIsWhatCameToItsEndAndWasQuietForAWhile() {
        assertTrue(passage(steps.accepted(), steps.step("delivered", BOB)).atRest(10, 11));
        assertFalse(passage(steps.accepted(), steps.step("delivered", BOB)).atRest(10, 9));
        assertFalse(passage(steps.accepted(), steps.step("routed", BOB)).atRest(10, 11));
        assertFalse(passage(steps.step("relayed", BOB), steps.step("relayed", CAROL)).atRest(10, 11), "accepted may still come");
    }

    private static Passage passage(TraceEvent... events) {
        Passage passage = new Passage(0, false, 0);
        for (TraceEvent event : events) {
            passage.add(event, 0);
        }
        return passage;
    }

    private static Map<String, State> states(Passage passage) {
        return passage.change().open().entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().getState()));
    }
}
