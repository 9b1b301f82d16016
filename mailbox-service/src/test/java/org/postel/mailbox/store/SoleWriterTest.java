package org.postel.mailbox.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postel.mailbox.api.v1.Change;
import org.postel.mailbox.api.v1.MessageRow;
import org.postel.mailbox.cassandra.CassandraSession;
import org.postel.mailbox.cassandra.Cql;
import org.postel.mailbox.cassandra.SharedCassandra;
import org.postel.mailbox.content.Contents;
import org.postel.mailbox.content.Link;
import org.postel.mailbox.store.SteeredCommits.Fault;
import org.roaringbitmap.RoaringBitmap;

/** A mailbox that one instance writes to alone, and what becomes of it when others write too, or the writer dies. */
@Timeout(120)
@ExtendWith(SharedCassandra.class)
class SoleWriterTest {

    private static final String LOOK = "100ms";
    /** Whoever would end such a tenure would wait for longer than this test may take. */
    private static final String LONG_LOOK = "PT1H";
    private static final Duration PAUSE = Duration.ofMillis(10);

    private final UUID account = UUID.randomUUID();
    private final UUID mailbox = UUID.randomUUID();
    private final List<UUID> answered = Collections.synchronizedList(new ArrayList<>());
    private CassandraSession cassandra;
    private SteeredCommits commits;
    private MailboxLog log;
    private MailboxStore writer;

    @BeforeEach
    void aBusyMailbox(CassandraSession session) {
        cassandra = session;
        commits = new SteeredCommits(session);
        log = new MailboxLog(new Cql(session));
    }

    private void writerWith(String look) {
        writer = store(new Cql(commits), look);
        writer.create(account, mailbox, 1);
        for (int i = 0; i < 5; i++) {
            add(writer);
        }
        assertTrue(tenure().isPresent(), "no sole writer");
    }

    private MailboxStore other() {
        return store(new Cql(cassandra), LOOK);
    }

    private static MailboxStore store(Cql cql, String look) {
        return new MailboxStore(cql, contents(cql), TestStoreConfig.with(Map.of("sole-writer-look", look)), (owner, changed, modseq) -> {}, Clock.systemUTC());
    }

    private static Contents contents(Cql cql) {
        return new Contents(cql, Clock.systemUTC(), 4, Duration.ofHours(1), 1 << 20);
    }

    private Optional<UUID> tenure() {
        return log.header(mailbox).orElseThrow().tenancy().tenure();
    }

    private UUID add(MailboxStore store) {
        UUID message = UUID.randomUUID();
        store.add(account, mailbox, List.of(new NewMessage(message, Link.unique(mailbox, 1), 10, 0, 0, List.of(), ByteString.EMPTY, ByteString.EMPTY)));
        answered.add(message);
        return message;
    }

    private FutureTask<UUID> adding(MailboxStore store) {
        FutureTask<UUID> adding = new FutureTask<>(() -> add(store));
        Thread.startVirtualThread(adding);
        return adding;
    }

    /** What was answered is there once, with UIDs and MODSEQs as they are given: this holds for whoever opens the mailbox. */
    private void assertAllThereOnce() {
        LogHeader header = log.header(mailbox).orElseThrow();
        List<MessageRow> rows = new ArrayList<>();
        log.arrivals(mailbox, 1, Long.MAX_VALUE, rows::add);
        List<UUID> stored = rows.stream().map(row -> Uuids.of(row.getMessageId())).toList();
        assertEquals(stored.size(), new HashSet<>(stored).size(), "a message is there twice");
        assertEquals(new HashSet<>(answered), new HashSet<>(stored));
        assertEquals(stored.size(), header.mailbox().getMessages());
        assertEquals(stored.size() + 1, header.mailbox().getUidNext());
        assertEquals(header.mailbox(), opened(other()).mailbox());
    }

    private LogHeader opened(MailboxStore store) {
        return store.fresh(account, mailbox).mailbox().header();
    }

    @Test
    void whoCommitsOftenNeedsNoCondition() {
        writerWith(LONG_LOOK);
        int before = commits.onCondition();
        int alone = commits.alone();
        for (int i = 0; i < 10; i++) {
            add(writer);
        }
        assertEquals(0, commits.onCondition() - before);
        assertEquals(10, commits.alone() - alone);
        assertAllThereOnce();
    }

    @Test
    void withoutSoleWritersAllCommitOnCondition() {
        writer = new MailboxStore(new Cql(commits), contents(new Cql(commits)), TestStoreConfig.with(Map.of("sole-writers", "false")),
                (owner, changed, modseq) -> {}, Clock.systemUTC());
        writer.create(account, mailbox, 1);
        for (int i = 0; i < 10; i++) {
            add(writer);
        }
        assertEquals(Optional.empty(), tenure());
        assertEquals(0, commits.alone());
    }

    @Test
    void othersSeeWhatTheSoleWriterCommits() {
        writerWith(LONG_LOOK);
        MailboxStore other = other();
        assertEquals(5, opened(other).mailbox().getMessages());
        add(writer);
        writer.submit(account, mailbox, new StoreFlags(RoaringBitmap.bitmapOf(1), StoreFlags.Operation.ADD, List.of("\\Seen"), OptionalLong.empty()));
        assertEquals(6, opened(other).mailbox().getMessages());
        assertEquals(5, other.status(account, mailbox).orElseThrow().getUnseen());
        assertTrue(tenure().isPresent());
    }

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
    void aCommitThatTimesOutOnceIsWrittenOnceMore() {
        writerWith(LONG_LOOK);
        commits.next(Fault.ANSWER_LOST);
        add(writer);
        commits.next(Fault.LOST_ON_THE_WAY);
        add(writer);
        assertTrue(tenure().isPresent());
        assertAllThereOnce();
    }

    @Test
    void aCommitThatWasLostOnTheWayIsMadeAgain() {
        writerWith(LONG_LOOK);
        commits.next(Fault.LOST_ON_THE_WAY, Fault.LOST_ON_THE_WAY);
        add(writer);
        add(writer);
        assertAllThereOnce();
    }

    @Test
    void aCommitWhoseAnswerWasLostIsNotMadeAgain() {
        writerWith(LONG_LOOK);
        commits.next(Fault.ANSWER_LOST, Fault.ANSWER_LOST);
        add(writer);
        add(writer);
        assertAllThereOnce();
    }

    @Test
    void whereAnEarlierTenureHasLedIsNotWhereTheNextBegins() {
        writerWith(LONG_LOOK);
        add(writer);
        writer.share(mailbox);
        MailboxStore next = other();
        for (int i = 0; i < 4; i++) {
            add(next);
        }
        assertTrue(tenure().isPresent());
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
        FutureTask<UUID> takingOver = adding(hasty);
        while (!takingOver.isDone()) {
            add(writer);
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        takingOver.get();
        assertAllThereOnce();
    }

    @Test
    void whoLooksAfterEachCommitIsTakenOverFromAtOnce() throws Exception {
        writerWith("0s");
        MailboxStore other = other();
        FutureTask<UUID> takingOver = adding(other);
        while (!takingOver.isDone()) {
            add(writer);
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        takingOver.get();
        assertAllThereOnce();
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
    void afterItWasClosedNothingCounts() {
        writerWith(LONG_LOOK);
        int alone = commits.alone();
        writer.close();
        assertEquals(Optional.empty(), tenure());
        add(other());
        add(writer);
        assertEquals(alone, commits.alone());
        assertAllThereOnce();
    }

    @Test
    void aMailboxThatLeftMemoryHasItsWriterStill() {
        writerWith(LONG_LOOK);
        writer.forget(mailbox);
        int before = commits.onCondition();
        add(writer);
        assertEquals(before, commits.onCondition());
        assertAllThereOnce();
    }

    @Test
    void aMailboxIsRemovedByItsSoleWriter() {
        writerWith(LONG_LOOK);
        writer.remove(account, mailbox);
        assertTrue(log.header(mailbox).orElseThrow().gone());
        assertEquals(Optional.empty(), tenure());
        Cql cql = new Cql(cassandra);
        new MailboxPurge(cql, writer, contents(cql), Clock.systemUTC(), Duration.ZERO).purge(account, mailbox);
        List<MessageRow> rows = new ArrayList<>();
        log.arrivals(mailbox, 1, Long.MAX_VALUE, rows::add);
        assertEquals(List.of(), rows);
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
