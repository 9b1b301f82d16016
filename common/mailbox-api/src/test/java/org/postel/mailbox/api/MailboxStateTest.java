package org.postel.mailbox.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.postel.mailbox.api.MailboxState.Column;
import org.postel.mailbox.api.v1.Change;
import org.postel.mailbox.api.v1.Expunged;
import org.postel.mailbox.api.v1.Flags;
import org.postel.mailbox.api.v1.MailboxHeader;
import org.postel.mailbox.api.v1.MessageRow;
import org.postel.mailbox.api.v1.SnapshotChunk;
import org.roaringbitmap.RoaringBitmap;

class MailboxStateTest {

    private static final Set<Column> ALL = EnumSet.allOf(Column.class);

    @Test
    void sequenceNumbersAndUidsLeadToEachOther() {
        MailboxState state = filled(5);
        state.apply(expunge(100, 2, 4));
        assertEquals(List.of(1, 3, 5), List.of(state.uidAt(1), state.uidAt(2), state.uidAt(3)));
        assertEquals(2, state.sequenceNumber(3));
        assertEquals(0, state.sequenceNumber(4));
        assertEquals(2, state.rank(4));
        assertThrows(IndexOutOfBoundsException.class, () -> state.uidAt(4));
    }

    @Test
    void uidsAreUnsigned() {
        MailboxState state = empty();
        state.apply(message(0x7fff_ffff, 2));
        state.apply(message(0x8000_0001, 3));
        assertEquals(2, state.sequenceNumber(0x8000_0001));
        assertEquals(1, state.rank(0x8000_0000));
        assertEquals(state.header(), reopened(state, 1).header());
    }

    @Test
    void aCopyGoesItsOwnWay() {
        MailboxState state = filled(2 * MailboxStateModseqs.BLOCK + 7);
        state.apply(flags(2000, "\\Seen", 1, 3));
        MailboxState copy = state.copy();
        assertEquals(state.header(), copy.header());
        state.apply(flags(2001, "\\Seen", 2));
        state.apply(flags(2002, "$Work", 5));
        state.apply(expunge(2003, 4));
        state.apply(message(5000, 2004));
        assertEquals(2000, copy.modseq());
        assertEquals(RoaringBitmap.bitmapOf(1, 3), copy.flag("\\Seen"));
        assertEquals(List.of("\\Seen"), copy.flags());
        assertEquals(4, copy.sequenceNumber(4));
        assertEquals(RoaringBitmap.bitmapOf(1, 3), copy.changedSince(1999));
        assertEquals(2 * MailboxStateModseqs.BLOCK + 7, copy.messages());
        copy.apply(flags(2001, "\\Flagged", 2));
        assertEquals(2001, copy.modseq(2));
        assertEquals(List.of(), state.flag("\\Flagged").stream().boxed().toList());
    }

    @Test
    void aUidThatWasGivenBeforeIsRefused() {
        MailboxState state = filled(3);
        state.apply(expunge(100, 3));
        assertThrows(IllegalStateException.class, () -> state.apply(message(3, 101)));
    }

    @Test
    void aModseqThatDoesNotRiseIsRefused() {
        MailboxState state = filled(3);
        assertThrows(IllegalStateException.class, () -> state.apply(message(4, 4)));
        state.apply(flags(7, "\\Seen", 1));
        assertThrows(IllegalStateException.class, () -> state.apply(flags(7, "\\Seen", 2)));
    }

    @Test
    void aChangeOfAMessageThatIsNotThereIsRefused() {
        assertThrows(IllegalStateException.class, () -> filled(3).apply(flags(50, "\\Seen", 4)));
    }

    @Test
    void arrivalsBeforeChangesLeadToTheSameState() {
        MailboxState inOrder = filled(2);
        inOrder.apply(flags(4, "\\Seen", 1));
        inOrder.apply(message(3, 5));
        inOrder.apply(expunge(6, 2));
        MailboxState arrivalsFirst = filled(2);
        arrivalsFirst.apply(message(3, 5));
        arrivalsFirst.apply(flags(4, "\\Seen", 1));
        arrivalsFirst.apply(expunge(6, 2));
        assertEquals(inOrder.header(), arrivalsFirst.header());
        assertEquals(inOrder.flag("\\Seen"), arrivalsFirst.flag("\\Seen"));
    }

    @Test
    void flagNamesDifferNotByCase() {
        MailboxState state = filled(2);
        state.apply(flags(10, "$Work", 1));
        state.apply(flags(11, "$WORK", 2));
        assertEquals(List.of("$Work"), state.flags());
        assertEquals(RoaringBitmap.bitmapOf(1, 2), state.flag("$work"));
    }

    @Test
    void aHundredThousandMessagesTakeLittleMemory() {
        MailboxState state = new MailboxState(EnumSet.noneOf(Column.class));
        state.fold(SnapshotChunk.newBuilder().setHeader(MailboxHeader.newBuilder().setUidNext(1).setModseq(1)).build());
        for (int uid = 1; uid <= 100_000; uid++) {
            state.apply(message(uid, uid + 1));
        }
        assertTrue(state.weight() < 700_000, state.weight() + " octets");
        for (int uid = 1; uid <= 100_000; uid += 100) {
            state.apply(flags(200_000 + uid, "\\Seen", uid));
        }
        assertTrue(state.weight() < 1_200_000, state.weight() + " octets after many small changes");
        state.apply(Change.newBuilder().setModseq(400_000).setUids(UidSet.toBytes(state.uids()))
                .setAdded(Flags.newBuilder().addFlag("\\Seen")).build());
        assertTrue(state.weight() < 700_000, state.weight() + " octets after one change of all");
        assertEquals(400_000, state.modseq(50_000));
    }

    @Test
    void whatChangedSinceAModseqIsKnownAfterASnapshotToo() {
        MailboxState state = filled(1500);
        state.apply(flags(2000, "\\Seen", 3, 700));
        state.apply(expunge(2001, 1, 600));
        state.apply(flags(2002, "work", 700, 1500));
        for (MailboxState each : List.of(state, reopened(state, 400))) {
            assertEquals(RoaringBitmap.bitmapOf(3, 700, 1499, 1500), each.changedSince(1499));
            assertEquals(RoaringBitmap.bitmapOf(700, 1500), each.changedSince(2000));
            assertEquals(new RoaringBitmap(), each.changedSince(2002));
            assertEquals(each.uids(), each.changedSince(0));
        }
    }

    @Test
    void octetsThatAreNoSetAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> UidSet.parse(ByteString.copyFromUtf8("nonsense")));
        assertTrue(UidSet.parse(ByteString.EMPTY).isEmpty());
    }

    /** Random rows against a model of plain maps; after each some, a snapshot must lead to the same state. */
    @Test
    void randomRowsFoldAsTheModelSays() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        MailboxState state = empty();
        TreeMap<Integer, TreeSet<String>> model = new TreeMap<>();
        int uidNext = 1;
        for (long modseq = 2; modseq < 600; modseq++) {
            if (model.isEmpty() || random.nextInt(3) == 0) {
                state.apply(message(uidNext, modseq));
                model.put(uidNext++, new TreeSet<>());
            } else {
                RoaringBitmap uids = some(random, model.navigableKeySet());
                Change change = change(random, modseq, uids);
                state.apply(change);
                model(model, change, uids);
            }
            assertEquals(model.keySet().stream().toList(), uids(state), "seed " + seed);
        }
        MailboxState again = reopened(state, 1 + random.nextInt(50));
        long since = random.nextInt(600);
        RoaringBitmap later = new RoaringBitmap();
        model.keySet().stream().filter(uid -> state.modseq(uid) > since).forEach(later::add);
        assertEquals(later, again.changedSince(since), "seed " + seed);
        for (int uid : model.keySet()) {
            assertEquals(new ArrayList<>(model.get(uid)), again.flagsOf(uid), "seed " + seed);
            assertEquals(state.modseq(uid), again.modseq(uid), "seed " + seed);
            assertEquals(100 + uid, again.size(uid), "seed " + seed);
            assertEquals(1000L * uid, again.internalDate(uid), "seed " + seed);
            assertEquals(id(uid), again.messageId(uid), "seed " + seed);
        }
        assertEquals(state.header(), again.header(), "seed " + seed);
    }

    private static RoaringBitmap some(Random random, Set<Integer> of) {
        RoaringBitmap some = new RoaringBitmap();
        of.stream().filter(uid -> random.nextInt(4) == 0).forEach(some::add);
        return some;
    }

    private static Change change(Random random, long modseq, RoaringBitmap uids) {
        Change.Builder change = Change.newBuilder().setModseq(modseq).setUids(UidSet.toBytes(uids));
        Flags names = Flags.newBuilder().addFlag(List.of("\\Deleted", "\\Seen", "work").get(random.nextInt(3))).build();
        return switch (random.nextInt(8)) {
            case 0 -> change.setExpunged(Expunged.getDefaultInstance()).build();
            case 1, 2 -> change.setSet(names).build();
            case 3, 4 -> change.setRemoved(names).build();
            default -> change.setAdded(names).build();
        };
    }

    private static void model(TreeMap<Integer, TreeSet<String>> model, Change change, RoaringBitmap uids) {
        uids.forEach((int uid) -> {
            switch (change.getWhatCase()) {
                case ADDED -> model.get(uid).addAll(change.getAdded().getFlagList());
                case REMOVED -> model.get(uid).removeAll(change.getRemoved().getFlagList());
                case SET -> model.put(uid, new TreeSet<>(change.getSet().getFlagList()));
                case EXPUNGED -> model.remove(uid);
                case WHAT_NOT_SET -> throw new AssertionError();
            }
        });
    }

    private static List<Integer> uids(MailboxState state) {
        List<Integer> uids = new ArrayList<>();
        for (int number = 1; number <= state.messages(); number++) {
            uids.add(state.uidAt(number));
        }
        return uids;
    }

    private static MailboxState reopened(MailboxState state, int chunk) {
        MailboxState again = new MailboxState(ALL);
        state.chunks(chunk, ALL).forEachRemaining(again::fold);
        return again;
    }

    private static MailboxState empty() {
        MailboxState state = new MailboxState(ALL);
        state.fold(SnapshotChunk.newBuilder().setHeader(MailboxHeader.newBuilder().setUidNext(1).setModseq(1)).build());
        return state;
    }

    private static MailboxState filled(int messages) {
        MailboxState state = empty();
        for (int uid = 1; uid <= messages; uid++) {
            state.apply(message(uid, uid + 1));
        }
        return state;
    }

    private static ByteString id(int uid) {
        return ByteString.copyFrom(new byte[12]).concat(ByteString.copyFrom(new byte[] {(byte) (uid >> 24), (byte) (uid >> 16), (byte) (uid >> 8), (byte) uid}));
    }

    private static MessageRow message(int uid, long modseq) {
        return MessageRow.newBuilder().setUid(uid).setModseq(modseq).setMessageId(id(uid)).setSize(100 + Math.abs(uid % 1_000_000))
                .setInternalDate(1000L * uid).build();
    }

    private static Change flags(long modseq, String flag, int... uids) {
        return Change.newBuilder().setModseq(modseq).setUids(UidSet.toBytes(RoaringBitmap.bitmapOf(uids)))
                .setAdded(Flags.newBuilder().addFlag(flag)).build();
    }

    private static Change expunge(long modseq, int... uids) {
        return Change.newBuilder().setModseq(modseq).setUids(UidSet.toBytes(RoaringBitmap.bitmapOf(uids)))
                .setExpunged(Expunged.getDefaultInstance()).build();
    }
}
