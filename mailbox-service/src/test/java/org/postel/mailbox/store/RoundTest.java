package org.postel.mailbox.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.postel.mailbox.api.MailboxState;
import org.postel.mailbox.api.v1.MailboxHeader;
import org.postel.mailbox.api.v1.SnapshotChunk;
import org.postel.mailbox.content.Link;
import org.postel.mailbox.storage.StoreException;
import org.postel.mailbox.storage.StoreException.Problem;
import org.roaringbitmap.RoaringBitmap;

/** Deciding and applying, without a database. */
class RoundTest {

    private final MailboxState state = new MailboxState(LoadedMailbox.COLUMNS);
    private Standing now;

    RoundTest() {
        MailboxHeader first = MailboxHeader.newBuilder().setUidValidity(5).setUidNext(1).setModseq(1).setRecentFrom(1).build();
        state.fold(SnapshotChunk.newBuilder().setHeader(first).build());
        LogHeader header = new LogHeader(first, new UUID(0, 1), 0, false, Optional.of(UUID.randomUUID()), Optional.empty(), new LogHeader.SnapshotPosition(0, 0, 0, 0), LogHeader.Tenancy.NONE);
        now = new Standing(state, header, new RecentRows(header), new ArrivedIds(1, 100), new LogLimits(3));
    }

    /** Decides some commands as one round and applies it, as if it were durable. */
    private List<Pending<?>> commit(Command<?>... commands) {
        List<Pending<?>> pending = new ArrayList<>();
        for (Command<?> command : commands) {
            pending.add(new Pending<>(command));
        }
        Round round = Round.of(pending, now);
        for (LogRow row : round.rows()) {
            switch (row) {
                case LogRow.Arrival arrival -> {
                    state.apply(arrival.message());
                    now.recent().add(arrival.message());
                    now.arrived().add(arrival.message());
                }
                case LogRow.Changed changed -> {
                    state.apply(changed.change());
                    now.recent().add(changed.change());
                }
            }
        }
        // The counts that were decided are those that the rows lead to.
        assertEquals(state.header().toBuilder().setRecentFrom(round.to().mailbox().getRecentFrom()).build(), round.to().mailbox());
        state.apply(round.to().mailbox());
        now = now.after(round.to().withTxn(UUID.randomUUID()));
        pending.forEach(Pending::finish);
        return pending;
    }

    private static Arrive arrive(OptionalLong once, UUID id, String... flags) {
        NewMessage message = new NewMessage(id, Link.delivery(new UUID(0, 2), 1), 100, 0, 0, List.of(flags), ByteString.EMPTY, ByteString.EMPTY);
        return new Arrive(List.of(message.arrival(1)), once);
    }

    private static Arrive arrive(String... flags) {
        return arrive(OptionalLong.empty(), UUID.randomUUID(), flags);
    }

    private static StoreFlags add(String flag, int... uids) {
        return new StoreFlags(RoaringBitmap.bitmapOf(uids), StoreFlags.Operation.ADD, List.of(flag), OptionalLong.empty());
    }

    private static StoreException refusal(Pending<?> pending) {
        return assertThrows(StoreException.class, pending::result);
    }

    @Test
    void commandsOfOneRoundTakeUidsAndModseqsOneAfterTheOther() {
        List<Pending<?>> done = commit(arrive(), arrive("\\Seen"), new ClaimRecent(), arrive());
        assertEquals(3, ((Arrive.Arrived) done.get(3).result()).uids().first());
        assertEquals(4, state.modseq());
        assertEquals(3, now.header().mailbox().getRecentFrom());
        assertEquals(2, now.header().mailbox().getUnseen());
    }

    @Test
    void aRefusedCommandTakesNoPartInItsRound() {
        List<Pending<?>> done = commit(arrive(), arrive("not an atom"), arrive());
        assertEquals(Problem.INVALID, refusal(done.get(1)).problem());
        assertEquals(2, state.messages());
        assertEquals(3, state.header().getUidNext());
    }

    @Test
    void aMessageThatComesOnceIsStoredOnce() {
        UUID id = UUID.randomUUID();
        commit(arrive(OptionalLong.of(1), id));
        List<Pending<?>> again = commit(arrive(OptionalLong.of(1), id));
        assertEquals(0, ((Arrive.Arrived) again.getFirst().result()).modseq());
        assertEquals(1, state.messages());
    }

    @Test
    void aRepeatedDeliveryIsRefusedWhenTooManyRowsCameSinceItWasLookedFor() {
        for (int i = 0; i < 300; i++) {
            commit(arrive());
        }
        assertEquals(Problem.UNAVAILABLE, refusal(commit(arrive(OptionalLong.of(20), UUID.randomUUID())).getFirst()).problem());
        commit(arrive(OptionalLong.of(250), UUID.randomUUID()));
        assertEquals(301, state.messages());
    }

    @Test
    void unchangedSinceLeavesLaterChangesAlone() {
        commit(arrive(), arrive());
        commit(add("\\Flagged", 1));
        StoreFlags store = new StoreFlags(RoaringBitmap.bitmapOf(1, 2), StoreFlags.Operation.SET, List.of("\\Seen"), OptionalLong.of(3));
        StoreFlags.Stored stored = (StoreFlags.Stored) commit(store).getFirst().result();
        assertEquals(RoaringBitmap.bitmapOf(1), stored.modified());
        assertEquals(List.of("\\Seen"), state.flagsOf(2));
    }

    /** RFC 7162 §3.1.12: a spurious MODIFIED is avoided where the rows of late tell that another flag changed. */
    @Test
    void aLaterChangeOfAnotherFlagIsNoHindrance() {
        commit(arrive(), arrive(), arrive());
        commit(add("\\Flagged", 1), add("work", 2), add("\\Seen", 3));
        assertEquals(RoaringBitmap.bitmapOf(2), conditional(StoreFlags.Operation.ADD, 4, "Work", 1, 2, 3).modified());
        assertEquals(List.of("\\Flagged", "work"), state.flagsOf(1));
        assertEquals(8, state.modseq(1));
        assertEquals(6, state.modseq(2));
        assertEquals(RoaringBitmap.bitmapOf(1, 3), conditional(StoreFlags.Operation.REMOVE, 6, "work", 1, 2, 3).modified());
        commit(new StoreFlags(RoaringBitmap.bitmapOf(2), StoreFlags.Operation.SET, List.of("x"), OptionalLong.empty()));
        assertEquals(RoaringBitmap.bitmapOf(2), conditional(StoreFlags.Operation.ADD, 9, "work", 2, 3).modified());
        commit(new StoreFlags(RoaringBitmap.bitmapOf(3), StoreFlags.Operation.REMOVE, List.of("work"), OptionalLong.empty()));
        assertEquals(RoaringBitmap.bitmapOf(3), conditional(StoreFlags.Operation.ADD, 10, "work", 3).modified());
    }

    @Test
    void aMessageThatArrivedLaterWasModified() {
        commit(arrive(), arrive());
        assertEquals(RoaringBitmap.bitmapOf(2), conditional(StoreFlags.Operation.ADD, 2, "\\Seen", 1, 2).modified());
    }

    @Test
    void whereTheRowsAreForgottenEveryLaterChangeHinders() {
        commit(arrive(), arrive());
        for (int i = 0; i < 150; i++) {
            commit(add("\\Flagged", 1));
            commit(new StoreFlags(RoaringBitmap.bitmapOf(1), StoreFlags.Operation.REMOVE, List.of("\\Flagged"), OptionalLong.empty()));
        }
        assertEquals(RoaringBitmap.bitmapOf(1), conditional(StoreFlags.Operation.ADD, 4, "\\Seen", 1, 2).modified());
        assertEquals(new RoaringBitmap(), conditional(StoreFlags.Operation.ADD, 300, "\\Seen", 1).modified());
    }

    /** RFC 7162 §3.1.3, examples 7 and 8. */
    @Test
    void unchangedSinceZeroPassesOnlyAKeywordThatIsNotThere() {
        commit(arrive(), arrive("$MDNSent"));
        assertEquals(RoaringBitmap.bitmapOf(2), conditional(StoreFlags.Operation.ADD, 0, "$MDNSENT", 1, 2).modified());
        assertEquals(RoaringBitmap.bitmapOf(1, 2), conditional(StoreFlags.Operation.ADD, 0, "$mdnsent", 1, 2).modified());
        assertEquals(RoaringBitmap.bitmapOf(1, 2), conditional(StoreFlags.Operation.ADD, 0, "\\Seen", 1, 2).modified());
        assertEquals(RoaringBitmap.bitmapOf(1, 2), conditional(StoreFlags.Operation.SET, 0, "k", 1, 2).modified());
    }

    @Test
    void oneOfTwoConditionalStoresOnTheSameMessageFails() {
        commit(arrive());
        long known = state.modseq();
        assertEquals(new RoaringBitmap(), conditional(StoreFlags.Operation.ADD, known, "taken", 1).modified());
        StoreFlags.Stored second = conditional(StoreFlags.Operation.ADD, known, "taken", 1);
        assertEquals(RoaringBitmap.bitmapOf(1), second.modified());
        assertEquals(0, second.modseq());
    }

    private StoreFlags.Stored conditional(StoreFlags.Operation operation, long since, String flag, int... uids) {
        StoreFlags store = new StoreFlags(RoaringBitmap.bitmapOf(uids), operation, List.of(flag), OptionalLong.of(since));
        return (StoreFlags.Stored) commit(store).getFirst().result();
    }

    @Test
    void keywordsAreLimited() {
        commit(arrive("a", "b", "c"));
        assertEquals(Problem.LIMIT, refusal(commit(add("d", 1)).getFirst()).problem());
        commit(add("A", 1));
    }

    @Test
    void recentIsNoFlagToBeSet() {
        commit(arrive());
        assertEquals(Problem.INVALID, refusal(commit(add("\\Recent", 1)).getFirst()).problem());
    }

    @Test
    void aFenceNeverGoesBack() {
        commit(new RaiseFence(5));
        assertEquals(Problem.LEASE_LOST, refusal(commit(new RaiseFence(4)).getFirst()).problem());
        commit(arrive());
        Expunge late = new Expunge(Optional.of(RoaringBitmap.bitmapOf(1)), new Expunge.Which.Named(OptionalLong.of(4)));
        assertEquals(Problem.LEASE_LOST, refusal(commit(late).getFirst()).problem());
    }

    @Test
    void aMailboxThatIsGoneRefusesAll() {
        commit(new Remove());
        assertEquals(Problem.NOT_FOUND, refusal(commit(arrive()).getFirst()).problem());
    }

    @Test
    void commandsThatLookAtTheSameMessagesMeet() {
        Footprint some = add("x", 1, 2).footprint();
        assertTrue(some.meets(add("x", 2).footprint()));
        assertTrue(new Footprint.All().meets(some));
        assertTrue(!some.meets(add("x", 3).footprint()));
        assertTrue(!some.meets(arrive().footprint()));
        assertTrue(some.and(new Footprint.All()).meets(add("x", 9).footprint()));
        assertTrue(new Footprint.All().and(some).meets(add("x", 9).footprint()));
    }

    /** Random rounds of commands that do not meet: counts, UIDs and MODSEQs stay lawful, a message's set of UIDs as the model's. */
    @Test
    void randomRoundsKeepTheLaws() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        TreeSet<Integer> model = new TreeSet<>();
        int lastUid = 0;
        for (int round = 0; round < 400; round++) {
            List<Command<?>> commands = new ArrayList<>();
            Footprint footprint = new Footprint.None();
            for (int i = random.nextInt(5); i >= 0; i--) {
                Command<?> next = random(random, state.uids());
                if (!next.footprint().meets(footprint)) {
                    footprint = footprint.and(next.footprint());
                    commands.add(next);
                }
            }
            long before = state.modseq();
            for (Pending<?> done : commit(commands.toArray(new Command<?>[0]))) {
                switch (done.result()) {
                    case Arrive.Arrived arrived -> {
                        for (int uid : arrived.uids()) {
                            assertTrue(uid > lastUid, "seed " + seed);
                            lastUid = uid;
                            model.add(uid);
                        }
                    }
                    case Expunge.Gone gone -> gone.uids().forEach((int uid) -> assertTrue(model.remove(uid), "seed " + seed));
                    default -> assertTrue(state.modseq() >= before, "seed " + seed);
                }
            }
            assertEquals(new ArrayList<>(model), Arrays.stream(state.uids().toArray()).boxed().toList(), "seed " + seed);
        }
    }

    private static Command<?> random(Random random, RoaringBitmap present) {
        RoaringBitmap uids = new RoaringBitmap();
        present.forEach((int uid) -> {
            if (random.nextInt(10) == 0) {
                uids.add(uid);
            }
        });
        String flag = List.of("\\Deleted", "\\Seen", "k").get(random.nextInt(3));
        return switch (random.nextInt(6)) {
            case 0, 1 -> arrive(random.nextBoolean() ? new String[] {flag} : new String[0]);
            case 2 -> new StoreFlags(uids, StoreFlags.Operation.values()[random.nextInt(3)], List.of(flag), OptionalLong.empty());
            case 3 -> new StoreFlags(uids, StoreFlags.Operation.ADD, List.of("\\Deleted"), OptionalLong.empty());
            case 4 -> new Expunge(random.nextBoolean() ? Optional.of(uids) : Optional.empty(), new Expunge.Which.Deleted());
            default -> new ClaimRecent();
        };
    }
}
