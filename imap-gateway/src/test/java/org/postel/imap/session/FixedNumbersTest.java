package org.postel.imap.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.postel.imap.syntax.SequenceSet;
import org.roaringbitmap.RoaringBitmap;

class FixedNumbersTest {

    private static SequenceSet set(long from, long to) {
        return new SequenceSet(List.of(new SequenceSet.Range(from, to)));
    }

    @Test
    void numbersStandForWhatTheyStoodFor() {
        RoaringBitmap uids = RoaringBitmap.bitmapOf(3, 5, 9);
        RoaringBitmap saved = RoaringBitmap.bitmapOf(5);
        FixedNumbers fixed = new FixedNumbers(uids, saved);
        uids.remove(3);
        uids.add(10);
        saved.clear();
        assertEquals(RoaringBitmap.bitmapOf(3, 5), fixed.resolve(set(1, 2)));
        assertEquals(RoaringBitmap.bitmapOf(9), fixed.resolve(set(SequenceSet.STAR, SequenceSet.STAR)));
        assertEquals(RoaringBitmap.bitmapOf(5), fixed.resolve(SequenceSet.SAVED));
        fixed.resolve(SequenceSet.SAVED).clear();
        assertEquals(RoaringBitmap.bitmapOf(5), fixed.resolve(SequenceSet.SAVED));
    }

    /** What docs/operations.md says of postel.imap.max-search-contexts. */
    @Test
    void aMessageTakesTwoOctetsAtMost() {
        RoaringBitmap dense = new RoaringBitmap();
        RoaringBitmap gaps = new RoaringBitmap();
        RoaringBitmap scattered = new RoaringBitmap();
        for (int i = 0; i < 100_000; i++) {
            dense.add(i + 1);
            gaps.add(2 * i + 1);
            scattered.add(17 * i + 1);
        }
        assertTrue(octets(dense) < 100, "without gaps: " + octets(dense));
        assertTrue(octets(gaps) < 40_000, "every second: " + octets(gaps));
        assertTrue(octets(scattered) < 202_000, "as they take most: " + octets(scattered));
    }

    private static long octets(RoaringBitmap uids) {
        return new FixedNumbers(uids, new RoaringBitmap()).uids().getLongSizeInBytes();
    }
}
