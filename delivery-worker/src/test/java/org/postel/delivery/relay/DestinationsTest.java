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

    @Test
    void eachTimeItAsksForLessThereAreHalfAsManyAndNeverNone() throws Exception {
        Destinations destinations = new Destinations(8, Duration.ofHours(1));
        for (int expected : new int[] {8, 4, 2, 1, 1}) {
            List<Destinations.Place> places = all(destinations);
            assertEquals(expected, places.size());
            places.getFirst().narrow(false);
            places.forEach(Destinations.Place::close);
        }
        assertEquals(1, destinations.known());
        assertTrue(destinations.enter("other.example.org", SOON).isPresent());
    }

    @Test
    void placesThatAreTakenCountWhenItNarrows() throws Exception {
        Destinations destinations = new Destinations(4, Duration.ofHours(1));
        List<Destinations.Place> places = all(destinations);
        places.getFirst().narrow(false);
        places.get(0).close();
        places.get(1).close();
        assertTrue(destinations.enter(DOMAIN, SOON).isEmpty(), "two are still there, and that is all it wants");
        places.get(2).close();
        assertTrue(destinations.enter(DOMAIN, SOON).isPresent());
    }

    @Test
    void itOpensUpAgainAndIsForgotten() throws Exception {
        Destinations destinations = new Destinations(4, Duration.ofMillis(20));
        try (Destinations.Place place = destinations.enter(DOMAIN, SOON).orElseThrow()) {
            place.narrow(true);
            place.narrow(true);
            place.narrow(true);
        }
        while (destinations.known() > 0) {
            Thread.sleep(5);
        }
        assertEquals(4, all(destinations).size());
    }

    @Test
    void whoTurnsTheOnlyConnectionAwayGetsMailMoreSlowly() throws Exception {
        Destinations destinations = new Destinations(2, Duration.ofHours(1));
        for (int i = 0; i < 2; i++) {
            try (Destinations.Place place = destinations.enter(DOMAIN, SOON).orElseThrow()) {
                place.narrow(true);
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

    // Greylisting says 4.7.1 of each mail that is new to it: the next one is to be told so at once.
    @Test
    void whoRefusesMailForNowAndTalksOnGetsItAsFast() throws Exception {
        Destinations destinations = new Destinations(1, Duration.ofHours(1));
        for (int i = 0; i < 3; i++) {
            try (Destinations.Place place = destinations.enter(DOMAIN, SOON).orElseThrow()) {
                place.narrow(false);
            }
        }
        assertTrue(destinations.enter(DOMAIN, SOON).isPresent());
    }

    @Test
    void whatAServerSaysOfItsLoadOrOursAsksForLess() {
        assertTrue(Replies.asksForLess(said("4.3.2", "421 4.3.2 shutting down")));
        assertTrue(Replies.asksForLess(said("4.7.0", "450 4.7.0 too many from you")));
        assertFalse(Replies.asksForLess(said("4.2.2", "452 4.2.2 mailbox full")));
        assertFalse(Replies.asksForLess(new Result.Deferred(Failures.of("4.7.5", "no encrypted connection"))), "it said nothing");
        assertFalse(Replies.asksForLess(new Result.Refused(Failures.of("5.7.1", "never"))));
        assertTrue(Replies.turnsAway(said("4.3.2", "421 4.3.2 shutting down")));
        assertFalse(Replies.turnsAway(said("4.7.0", "450 4.7.0 too many from you")));
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
