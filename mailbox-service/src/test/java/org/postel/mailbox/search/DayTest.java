package org.postel.mailbox.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.postel.mailbox.api.v1.DayMatch;
import org.postel.mailbox.api.v1.DayMatch.Relation;
import org.postel.mailbox.api.v1.MessageRow;

class DayTest {

    private static final int EPOCH_DAY = 20_000;
    private static final long MIDNIGHT = Duration.ofDays(EPOCH_DAY).toMillis();

    private static Day day(Relation relation) {
        return new Day(DayMatch.newBuilder().setRelation(relation).setEpochDay(EPOCH_DAY).build());
    }

    private static boolean isDayOf(Relation relation, long moment, int zone) {
        return day(relation).isInternalDayOf(MessageRow.newBuilder().setInternalDate(moment).setInternalDateZone(zone).build());
    }

    @Test
    void theDayIsThatOfTheZoneItWasWrittenIn() {
        assertEquals(true, isDayOf(Relation.ON, MIDNIGHT - 1, 60));
        assertEquals(false, isDayOf(Relation.ON, MIDNIGHT - 1, 0));
        assertEquals(true, isDayOf(Relation.BEFORE, MIDNIGHT + 1, -60));
        assertEquals(false, isDayOf(Relation.SINCE, MIDNIGHT + 1, -60));
    }

    /** What the index alone says is never other than what the row says. */
    @Test
    void aMomentFarFromTheDayNeedsNoZone() {
        for (Relation relation : new Relation[] {Relation.BEFORE, Relation.ON, Relation.SINCE}) {
            for (int hours = -100; hours <= 100; hours++) {
                long moment = MIDNIGHT + Duration.ofHours(hours).toMillis();
                for (int zone = -18 * 60; zone <= 18 * 60; zone += 30) {
                    boolean is = isDayOf(relation, moment, zone);
                    assertTrue(is || !day(relation).isDayOfAny(moment), relation + " " + hours + " " + zone);
                    assertTrue(!is || day(relation).mayBeDayOf(moment), relation + " " + hours + " " + zone);
                }
            }
        }
        assertTrue(day(Relation.SINCE).isDayOfAny(MIDNIGHT + Duration.ofDays(2).toMillis()));
        assertTrue(!day(Relation.SINCE).mayBeDayOf(MIDNIGHT - Duration.ofDays(3).toMillis()));
    }
}
