package org.postel.mailbox.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.postel.mailbox.api.v1.MailboxHeader;

class TenureTest {

    private static final UUID NAME = new UUID(0, 7);
    private static final LogHeader.Tenancy LASTS = tenancy(NAME, LogHeader.Ending.NOT);
    private static final LogHeader.Tenancy CLOSED = tenancy(NAME, LogHeader.Ending.CLOSED);
    private static final LogHeader FIRST = new LogHeader(MailboxHeader.getDefaultInstance(), new UUID(0, 1), 0, false, Optional.of(NAME), Optional.empty(),
            new LogHeader.SnapshotPosition(0, 0, 0, 0), LASTS);

    private static LogHeader.Tenancy tenancy(UUID name, LogHeader.Ending ending) {
        return new LogHeader.Tenancy(3, Optional.of(name), Duration.ofHours(1), ending);
    }

    private static Tenure tenure(long looked) {
        return new Tenure(new UUID(0, 2), FIRST, looked);
    }

    @Test
    void aLookIsGoodForAWhile() {
        assertTrue(tenure(System.nanoTime()).surelyLasts());
        Tenure old = tenure(System.nanoTime() - Duration.ofHours(2).toNanos());
        assertFalse(old.surelyLasts());
        assertTrue(old.seen(LASTS, System.nanoTime()));
        assertTrue(old.surelyLasts());
    }

    @Test
    void anOlderLookDoesNotTakeThePlaceOfANewerOne() {
        Tenure tenure = tenure(System.nanoTime());
        assertTrue(tenure.seen(LASTS, System.nanoTime() - Duration.ofHours(2).toNanos()));
        assertTrue(tenure.surelyLasts());
    }

    @Test
    void itIsOverOnceItBeganToEnd() {
        Tenure tenure = tenure(System.nanoTime());
        assertFalse(tenure.seen(CLOSED, System.nanoTime() + 1));
        assertFalse(tenure.surelyLasts());
        assertFalse(tenure.follows(FIRST));
        assertFalse(tenure.seen(LASTS, System.nanoTime()), "it begins anew");
    }

    @Test
    void itIsOverOnceAnotherBegan() {
        assertFalse(tenure(System.nanoTime()).seen(tenancy(new UUID(0, 8), LogHeader.Ending.NOT), System.nanoTime() + 1));
    }

    @Test
    void whatWasReadBeforeItBeganTellsNothing() {
        long before = System.nanoTime();
        Tenure tenure = tenure(before);
        assertTrue(tenure.seen(LogHeader.Tenancy.NONE, before));
    }

    @Test
    void eachCommitIsNewerThanThoseBeforeAndOlderThanWhatEndsIt() {
        Tenure tenure = tenure(System.nanoTime());
        long first = tenure.nextStamp();
        long second = tenure.nextStamp();
        assertTrue(Tenure.endStamp(2) < first && first < second && second < Tenure.endStamp(3));
        assertEquals(Tenure.endStamp(2) + 1, first);
    }

    @Test
    void itHasTimestampsForAMillionCommits() {
        Tenure tenure = tenure(System.nanoTime());
        long last = 0;
        while (!tenure.isUsedUp()) {
            last = tenure.nextStamp();
        }
        assertEquals(Tenure.endStamp(3) - 1, last);
        assertEquals(Tenure.endStamp(2) + (1 << 20) - 1, last);
    }

    @Test
    void aCommitFollowsTheOneBefore() {
        Tenure tenure = tenure(System.nanoTime());
        LogHeader next = FIRST.withTxn(UUID.randomUUID());
        assertTrue(tenure.follows(FIRST));
        assertFalse(tenure.follows(next));
        tenure.committed(next);
        assertTrue(tenure.follows(next));
        assertFalse(tenure.follows(FIRST));
    }
}
