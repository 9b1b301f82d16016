package org.postel.mailbox.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.postel.mailbox.api.v1.Change;
import org.postel.mailbox.api.v1.MessageRow;
import org.postel.mailbox.cassandra.Cql;
import org.roaringbitmap.RoaringBitmap;

/** What becomes of a mailbox with a sole writer when others write too, or the writer dies. */
class TenureEndTest extends BusyMailbox {

    @Test
    void anotherWriterTakesOverAndThenBothCommitOnCondition() {
        writerWith(LOOK);
        MailboxStore other = other();
        for (int i = 0; i < 5; i++) {
            add(other);
            add(writer);
        }
        for (int i = 0; i < 5; i++) {
            add(other);
        }
        assertEquals(Optional.empty(), tenure());
        assertAllThereOnce();
    }

    @Test
    void whatComesLateFromATenureThatIsOverIsNotThere() throws Exception {
        writerWith(LOOK);
        commits.hold();
        FutureTask<UUID> late = adding(writer);
        commits.awaitHeld();
        MailboxStore other = other();
        add(other);
        add(other);
        // Now it lands: at the UID and the MODSEQ of the first of those.
        commits.release();
        late.get();
        assertAllThereOnce();
        assertEquals(8, opened(other).mailbox().getMessages());
    }

    @Test
    void aChangeThatComesLateIsNotThereBesideAMessageOfTheSameModseq() throws Exception {
        writerWith(LOOK);
        commits.hold();
        FutureTask<StoreFlags.Stored> late = new FutureTask<>(() -> writer.submit(account, mailbox,
                new StoreFlags(RoaringBitmap.bitmapOf(1), StoreFlags.Operation.ADD, List.of("\\Flagged"), OptionalLong.empty())));
        Thread.startVirtualThread(late);
        commits.awaitHeld();
        add(other());
        commits.release();
        List<Change> changes = new ArrayList<>();
        long given = late.get().modseq();
        log.changes(mailbox, 0, Long.MAX_VALUE - 1, changes::add);
        assertEquals(List.of(given), changes.stream().map(Change::getModseq).toList());
        assertAllThereOnce();
    }

    @Test
    void theLastCommitOfAWriterThatDiedIsThereWhenAllOfItIs() {
        writerWith(LOOK);
        UUID message = UUID.randomUUID();
        lastBreath(List.of(arrival(message)));
        answered.add(message);
        add(other());
        assertAllThereOnce();
    }

    @Test
    void theLastCommitOfAWriterThatDiedIsNotThereWhenAPartOfItIsMissing() {
        writerWith(LOOK);
        lastBreath(List.of());
        add(other());
        assertAllThereOnce();
    }

    /** Each waits as long as the other's look is good for, whatever its own setting is. */
    @Test
    void whoTakesOverWaitsForAWriterThatGoesByItsLookForLonger() throws Exception {
        writerWith("500ms");
        MailboxStore hasty = store(new Cql(cassandra), "0s");
        takeOverFromABusyWriter(hasty);
    }

    @Test
    void whoLooksAfterEachCommitIsTakenOverFromAtOnce() throws Exception {
        writerWith("0s");
        MailboxStore other = other();
        takeOverFromABusyWriter(other);
    }

    @Test
    void aLastCommitThatIsFoldedAlreadyIsThere() {
        writer = new MailboxStore(new Cql(commits), contents(new Cql(commits)), TestStoreConfig.with(
                Map.of("sole-writer-look", LOOK, "snapshot-after", "2", "resync-horizon", "0s")), (owner, changed, modseq) -> {}, Clock.systemUTC());
        writer.create(account, mailbox, 1);
        for (int i = 0; i < 5; i++) {
            add(writer);
        }
        // Every second change gives the housekeeping another occasion, until it has folded the last one.
        LogHeader now = log.header(mailbox).orElseThrow();
        for (int i = 0; i < 1000 && (now.tenancy().tenure().isEmpty() || now.position().logFrom() < now.modseq()); i++) {
            if (i % 10 == 0) {
                writer.submit(account, mailbox, new StoreFlags(RoaringBitmap.bitmapOf(1),
                        i % 20 == 0 ? StoreFlags.Operation.ADD : StoreFlags.Operation.REMOVE, List.of("\\Flagged"), OptionalLong.empty()));
            }
            LockSupport.parkNanos(PAUSE.toNanos());
            now = log.header(mailbox).orElseThrow();
        }
        assertEquals(now.modseq(), now.position().logFrom(), "not folded");
        assertTrue(tenure().isPresent());
        long modseq = now.modseq();
        add(other());
        assertEquals(modseq + 1, log.header(mailbox).orElseThrow().modseq());
        assertAllThereOnce();
    }

    private void takeOverFromABusyWriter(MailboxStore other) throws Exception {
        FutureTask<UUID> takingOver = adding(other);
        while (!takingOver.isDone()) {
            add(writer);
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        takingOver.get();
        assertAllThereOnce();
    }

    @Test
    void whoDidNotHearOfATenureEndsItOnceItsCommitFails() {
        writer = store(new Cql(commits), LOOK);
        writer.create(account, mailbox, 1);
        MailboxStore other = other();
        add(other);
        for (int i = 0; i < 6; i++) {
            add(writer);
        }
        assertTrue(tenure().isPresent());
        add(other);
        assertEquals(Optional.empty(), tenure());
        assertAllThereOnce();
    }

    /** Writes a commit of the tenure as it is, or without its rows, and does not live to answer it. */
    private void lastBreath(List<LogRow> rows) {
        LogHeader before = log.header(mailbox).orElseThrow();
        LogHeader to = before.with(before.mailbox().toBuilder().setModseq(before.modseq() + 1)
                .setUidNext(before.mailbox().getUidNext() + 1).setMessages(before.mailbox().getMessages() + 1).setUnseen(before.mailbox().getUnseen() + 1)
                .setBytes(before.mailbox().getBytes() + 10).build()).withTxn(UUID.randomUUID());
        Tenure dying = new Tenure(mailbox, before, System.nanoTime());
        // Past the timestamps that the tenure has used.
        for (int i = 0; i < 100; i++) {
            dying.nextStamp();
        }
        new LogWriter(new Cql(cassandra), log, Clock.systemUTC()).write(dying, to, rows);
    }

    private LogRow arrival(UUID message) {
        LogHeader before = log.header(mailbox).orElseThrow();
        return new LogRow.Arrival(MessageRow.newBuilder().setUid(before.mailbox().getUidNext()).setModseq(before.modseq() + 1)
                .setMessageId(Uuids.toBytes(message)).setSize(10).build(), ByteString.EMPTY, ByteString.EMPTY);
    }

    @Test
    void whatDiedWhileItEndedATenureIsGoneOnWith() {
        writerWith(LOOK);
        UUID tenure = tenure().orElseThrow();
        cassandra.get().execute("UPDATE mailbox_log SET ending = 1 WHERE mailbox_id = " + mailbox + " IF tenure = " + tenure);
        add(other());
        assertAllThereOnce();
        assertEquals(LogHeader.Ending.NOT, log.header(mailbox).orElseThrow().tenancy().ending());
    }

    @Test
    void whatDiedAfterItDecidedWhereATenureEndedIsGoneOnWith() {
        writerWith(LOOK);
        Cql cql = new Cql(cassandra);
        LogHeader end = log.header(mailbox).orElseThrow();
        UUID tenure = tenure().orElseThrow();
        cassandra.get().execute("UPDATE mailbox_log SET ending = 1 WHERE mailbox_id = " + mailbox + " IF tenure = " + tenure);
        cassandra.get().execute(cql.bind(HeaderColumns.DECIDE, HeaderColumns.values(end, end.txn().orElseThrow(), mailbox, tenure)));
        assertEquals(end.mailbox(), log.header(mailbox).orElseThrow().mailbox());
        add(other());
        assertAllThereOnce();
    }

    @Test
    void whoeverReadsGoesOnWithTheEndOfATenure() {
        writerWith(LOOK);
        MailboxStore other = other();
        opened(other);
        cassandra.get().execute("UPDATE mailbox_log SET ending = 1 WHERE mailbox_id = " + mailbox + " IF tenure = " + tenure().orElseThrow());
        opened(other);
        assertEquals(Optional.empty(), tenure());
        assertAllThereOnce();
    }

    @Test
    void aTenureThatIsOverIsToldByAnyRead() {
        writerWith(LONG_LOOK);
        // Another instance that did wait.
        new TenureEnd(new Cql(cassandra), log).ofStopped(new Tenure(mailbox, log.header(mailbox).orElseThrow(), System.nanoTime()));
        opened(writer);
        int alone = commits.alone();
        for (int i = 0; i < 6; i++) {
            add(writer);
        }
        assertEquals(alone, commits.alone());
        assertFalse(tenure().isPresent(), "another wrote there a moment ago");
        assertAllThereOnce();
    }
}
