package org.postel.delivery.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postel.delivery.outcome.Failures;
import org.postel.delivery.outcome.Result;
import org.postel.queue.v1.Failure;

/** A destination that asks for less gets less for a while. */
@Timeout(30)
class DestinationsTest {

    private static final String DOMAIN = "busy.example.org";
    private static final Duration SOON = Duration.ofMillis(1);
    private static final Optional<Failure> AWAY = away("421 4.3.2 not now");

    @Test
    void eachTimeItAsksForLessThereAreHalfAsManyAndNeverNone() throws Exception {
        Destinations destinations = new Destinations(8, Duration.ofHours(1));
        for (int expected : new int[] {8, 4, 2, 1, 1}) {
            List<Destinations.Place> places = all(destinations);
            while (places.isEmpty()) {
                // The second time that one is too many there is a pause before it.
                Thread.onSpinWait();
                places = all(destinations);
            }
            assertEquals(expected, places.size());
            places.getFirst().narrow(Optional.empty());
            places.forEach(Destinations.Place::close);
        }
        assertEquals(1, destinations.known());
        assertTrue(destinations.enter("other.example.org", SOON).isPresent());
    }

    @Test
    void ofALimitThatIsFarAwayThoseInUseAreHalved() throws Exception {
        Destinations destinations = new Destinations(400, Duration.ofHours(1));
        List<Destinations.Place> places = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            places.add(destinations.enter(DOMAIN, SOON).orElseThrow());
        }
        places.getFirst().narrow(AWAY);
        places.forEach(Destinations.Place::close);
        assertEquals(15, all(destinations).size());
    }

    @Test
    void ofFewInUseALimitThatIsFarAwayBecomesFew() throws Exception {
        Destinations destinations = new Destinations(400, Duration.ofHours(1));
        narrow(destinations, AWAY);
        assertEquals(5, all(destinations).size());
    }

    @Test
    void placesThatAreTakenCountWhenItNarrows() throws Exception {
        Destinations destinations = new Destinations(4, Duration.ofHours(1));
        List<Destinations.Place> places = all(destinations);
        places.getFirst().narrow(Optional.empty());
        places.get(0).close();
        places.get(1).close();
        assertTrue(destinations.enter(DOMAIN, SOON).isEmpty(), "two are still there, and that is all it wants");
        places.get(2).close();
        assertTrue(destinations.enter(DOMAIN, SOON).isPresent());
    }

    @Test
    void itOpensUpAgainAndIsForgotten() throws Exception {
        Destinations destinations = new Destinations(4, Duration.ofMillis(20));
        narrow(destinations, AWAY, AWAY);
        while (destinations.known() > 0) {
            Thread.sleep(5);
        }
        assertEquals(4, all(destinations).size());
    }

    @Test
    void aLimitThatIsFarAwayIsSoonReachedAgain() throws Exception {
        // One more each time would take 39 seconds, and the timeout is 30.
        Destinations destinations = new Destinations(400, Duration.ofMillis(100));
        narrow(destinations, AWAY);
        while (destinations.known() > 0) {
            Thread.sleep(5);
        }
        assertEquals(400, all(destinations).size());
    }

    @Test
    void manyAnswersToWhatBeganBeforeTheCutAreOne() throws Exception {
        Destinations destinations = new Destinations(40, Duration.ofHours(1));
        List<Destinations.Place> places = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            places.add(destinations.enter(DOMAIN, SOON).orElseThrow());
        }
        places.subList(0, 10).forEach(place -> place.narrow(AWAY));
        places.forEach(Destinations.Place::close);
        assertEquals(15, all(destinations).size());
    }

    @Test
    void whoTurnsTheOnlyConnectionAwayGetsMailMoreSlowly() throws Exception {
        Destinations destinations = new Destinations(2, Duration.ofHours(1));
        for (int i = 0; i < 2; i++) {
            try (Destinations.Place place = destinations.enter(DOMAIN, SOON).orElseThrow()) {
                place.narrow(AWAY);
            }
        }
        assertTrue(destinations.enter(DOMAIN, SOON).isEmpty(), "a second has not passed");
        assertTrue(destinations.enter("other.example.org", SOON).isPresent());
        Optional<Destinations.Place> place = destinations.enter(DOMAIN, SOON);
        while (place.isEmpty()) {
            Thread.sleep(5);
            place = destinations.enter(DOMAIN, SOON);
        }
        place.get().close();
    }

    /** Servers that limit rates say 450 4.7.x to each message for as long as mail comes as fast. */
    @Test
    void soDoesWhoRefusesMailForNowTimeAndAgainOnTheOnlyConnection() throws Exception {
        Destinations destinations = new Destinations(2, Duration.ofHours(1));
        narrow(destinations, Optional.empty());
        try (Destinations.Place place = destinations.enter(DOMAIN, SOON).orElseThrow()) {
            place.narrow(Optional.empty());
        }
        assertTrue(destinations.enter(DOMAIN, SOON).isEmpty(), "a second has not passed");
        assertEquals(Optional.empty(), destinations.away(DOMAIN), "no connection was turned away");
    }

    @Test
    void aPauseThatEndsWithinThePatienceIsWaitedOut() throws Exception {
        Destinations destinations = new Destinations(1, Duration.ofHours(1));
        narrow(destinations, Optional.empty());
        assertTrue(destinations.enter(DOMAIN, Duration.ofSeconds(20)).isPresent());
    }

    @Test
    void whatIsNotAllowedAfterAllBeginsNoPauseAndTakesNoPlace() throws Exception {
        Destinations destinations = new Destinations(1, Duration.ofHours(1));
        narrow(destinations, Optional.empty());
        List<String> asked = new ArrayList<>();
        assertTrue(destinations.enter(DOMAIN, SOON, () -> asked.add("within the pause")).isEmpty());
        while (asked.isEmpty()) {
            Thread.onSpinWait();
            destinations.enter(DOMAIN, SOON, () -> !asked.add("after it"));
        }
        assertTrue(destinations.enter(DOMAIN, SOON).isPresent());
        assertEquals(List.of("after it"), asked);
    }

    @Test
    void eachMessageThatItTakesHalvesThePause() throws Exception {
        Destinations destinations = new Destinations(1, Duration.ofHours(1));
        try (Destinations.Place place = destinations.enter(DOMAIN, SOON).orElseThrow()) {
            place.narrow(Optional.empty());
            place.narrow(Optional.empty());
            place.took();
        }
        assertTrue(destinations.enter(DOMAIN, SOON).isEmpty(), "two seconds became one");
        Optional<Destinations.Place> place = destinations.enter(DOMAIN, SOON);
        while (place.isEmpty()) {
            Thread.onSpinWait();
            place = destinations.enter(DOMAIN, SOON);
        }
        place.get().took();
        place.get().close();
        try (Destinations.Place next = destinations.enter(DOMAIN, SOON).orElseThrow()) {
            next.took();
        }
        assertEquals(1, destinations.known(), "it is still being opened up, by one only");
    }

    @Test
    void whatAServerSaysOfItsLoadOrOursAsksForLess() {
        assertTrue(Replies.asksForLess(said("4.3.2", "421 4.3.2 shutting down")));
        assertTrue(Replies.asksForLess(said("4.7.0", "450 4.7.0 too many from you")));
        assertFalse(Replies.asksForLess(said("4.2.2", "452 4.2.2 mailbox full")));
        assertFalse(Replies.asksForLess(new Result.Deferred(Failures.of("4.7.5", "no encrypted connection"))), "it said nothing");
        assertFalse(Replies.asksForLess(new Result.Refused(Failures.of("5.7.1", "never"))));
        assertTrue(Replies.turnsAway(said("4.3.2", "421 4.3.2 shutting down")).isPresent());
        assertTrue(Replies.turnsAway(said("4.7.0", "450 4.7.0 too many from you")).isEmpty());
    }

    @Test
    void withWhatItTurnedAwayAConnectionIsKnownWhileItGetsLess() throws Exception {
        Destinations destinations = new Destinations(4, Duration.ofHours(1));
        assertEquals(Optional.empty(), destinations.away(DOMAIN));
        narrow(destinations, away("421 4.3.2 slow down"), AWAY, Optional.empty());
        assertEquals(AWAY, destinations.away(DOMAIN));
        assertEquals("421 4.3.2", AWAY.orElseThrow().getReply());
        assertEquals(Optional.empty(), destinations.away("other.example.org"));
        Destinations soon = new Destinations(4, Duration.ofMillis(20));
        try (Destinations.Place stays = soon.enter(DOMAIN, SOON).orElseThrow()) {
            stays.narrow(AWAY);
            while (soon.away(DOMAIN).isPresent()) {
                Thread.onSpinWait();
            }
        }
    }

    /** A sender is not to read in a notification what was said to others, and of whom. */
    @Test
    void onlyTheCodesOfAReplyAreToldToOthers() {
        assertEquals("421 4.7.0", Replies.turnsAway(said("4.7.0", "421 4.7.0 too much mail for carol@busy.example.org")).orElseThrow().getReply());
        assertEquals("421", Replies.turnsAway(said("4.0.0", "421 too much mail of ticket 4711")).orElseThrow().getReply());
    }

    @SafeVarargs
    private static void narrow(Destinations destinations, Optional<Failure>... turnedAway) throws InterruptedException {
        for (Optional<Failure> one : turnedAway) {
            try (Destinations.Place place = destinations.enter(DOMAIN, SOON).orElseThrow()) {
                place.narrow(one);
            }
        }
    }

    private static Optional<Failure> away(String reply) {
        return Replies.turnsAway(said("4.3.2", reply));
    }

    private static Result said(String status, String reply) {
        return new Result.Deferred(Failure.newBuilder().setStatus(status).setReply(reply).build());
    }

    /** As many places as there are. */
    private static List<Destinations.Place> all(Destinations destinations) throws InterruptedException {
        List<Destinations.Place> places = new ArrayList<>();
        Optional<Destinations.Place> place = destinations.enter(DOMAIN, SOON);
        while (place.isPresent()) {
            places.add(place.get());
            place = destinations.enter(DOMAIN, SOON);
        }
        return places;
    }
}
