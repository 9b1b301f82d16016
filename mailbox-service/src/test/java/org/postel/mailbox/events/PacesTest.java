package org.postel.mailbox.events;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PacesTest {

    private static final long MILLI = 1_000_000;
    private final Paces<String> paces = new Paces<>(Duration.ofMillis(20), Duration.ofMillis(100));

    /** Tells as soon as may be, and returns after how many milliseconds each. */
    private List<Long> tell(String what, long from, int times, long changesEach) {
        List<Long> pauses = new ArrayList<>();
        long last = from;
        for (int i = 0; i < times; i++) {
            long now = Math.max(last + changesEach, paces.dueAt(what, last + changesEach));
            paces.told(what, now);
            pauses.add((now - last) / MILLI);
            last = now;
        }
        return pauses;
    }

    @Test
    void whatChangesOnAndOnIsToldOfLessAndLessOften() {
        paces.told("busy", -7);
        assertEquals(List.of(20L, 40L, 80L, 100L, 100L), tell("busy", -7, 5, 0));
    }

    @Test
    void soIsWhatChangesAfterEachPause() {
        paces.told("steady", 0);
        assertEquals(List.of(30L, 40L, 80L, 100L), tell("steady", 0, 4, 30 * MILLI));
    }

    @Test
    void whatChangesNowAndThenIsToldOfAtOnce() {
        paces.told("calm", 0);
        assertEquals(List.of(101L, 101L, 101L, 101L, 101L), tell("calm", 0, 5, 101 * MILLI));
    }

    @Test
    void eachHasAPaceOfItsOwn() {
        tell("busy", 0, 10, 0);
        assertEquals(1_000 * MILLI, paces.dueAt("other", 1_000 * MILLI));
    }

    @Test
    void whatNeverPausedPausesWhenItChangesOnAndOn() {
        Paces<String> none = new Paces<>(Duration.ZERO, Duration.ofMillis(2));
        none.told("busy", 0);
        assertEquals(0, none.dueAt("busy", 0));
        none.told("busy", 0);
        assertEquals(MILLI, none.dueAt("busy", 0));
    }

    @Test
    void whatIsQuietIsForgotten() {
        for (int i = 0; i < 1_000; i++) {
            paces.told("mailbox " + i, i * MILLI);
        }
        assertEquals(101, paces.size());
    }
}
