package org.postel.mailbox.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.postel.mailbox.api.v1.MessageRow;
import org.postel.mailbox.cassandra.Cql;
import org.postel.mailbox.store.SteeredCommits.Fault;
import org.roaringbitmap.RoaringBitmap;

/** A mailbox that one instance writes to alone. */
class SoleWriterTest extends BusyMailbox {

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
    void aSecondCommitInARowMakesASoleWriter() {
        writer = store(new Cql(commits), LONG_LOOK);
        writer.create(account, mailbox, 1);
        add(writer);
        assertEquals(Optional.empty(), tenure());
        add(writer);
        assertTrue(tenure().isPresent());
        assertAllThereOnce();
    }

    @Test
    void whoCommitsInTurnWithAnotherIsNoSoleWriter() {
        writer = store(new Cql(commits), LONG_LOOK);
        writer.create(account, mailbox, 1);
        MailboxStore other = other();
        for (int i = 0; i < 3; i++) {
            add(writer);
            add(other);
        }
        assertEquals(Optional.empty(), tenure());
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
}
