package org.postel.mailbox.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import java.util.UUID;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postel.mailbox.api.v1.MessageRow;
import org.postel.mailbox.cassandra.CassandraSession;
import org.postel.mailbox.cassandra.Cql;
import org.postel.mailbox.cassandra.SharedCassandra;
import org.postel.mailbox.content.Contents;
import org.postel.mailbox.content.Link;

/** A mailbox, an instance that writes to it a lot, and what was answered to whoever added messages. */
@Timeout(120)
@ExtendWith(SharedCassandra.class)
abstract class BusyMailbox {

    static final String LOOK = "100ms";
    /** Whoever would end such a tenure would wait for longer than this test may take. */
    static final String LONG_LOOK = "PT1H";
    static final Duration PAUSE = Duration.ofMillis(10);

    final UUID account = UUID.randomUUID();
    final UUID mailbox = UUID.randomUUID();
    final List<UUID> answered = Collections.synchronizedList(new ArrayList<>());
    CassandraSession cassandra;
    SteeredCommits commits;
    MailboxLog log;
    MailboxStore writer;

    @BeforeEach
    void anEmptyLog(CassandraSession session) {
        cassandra = session;
        commits = new SteeredCommits(session);
        log = new MailboxLog(new Cql(session));
    }

    void writerWith(String look) {
        writer = store(new Cql(commits), look);
        writer.create(account, mailbox, 1);
        for (int i = 0; i < 5; i++) {
            add(writer);
        }
        assertTrue(tenure().isPresent(), "no sole writer");
    }

    MailboxStore other() {
        return store(new Cql(cassandra), LOOK);
    }

    static MailboxStore store(Cql cql, String look) {
        return new MailboxStore(cql, contents(cql), TestStoreConfig.with(Map.of("sole-writer-look", look)), (owner, changed, modseq) -> {}, Clock.systemUTC());
    }

    static Contents contents(Cql cql) {
        return new Contents(cql, Clock.systemUTC(), 4, Duration.ofHours(1), 1 << 20);
    }

    Optional<UUID> tenure() {
        return log.header(mailbox).orElseThrow().tenancy().tenure();
    }

    UUID add(MailboxStore store) {
        UUID message = UUID.randomUUID();
        store.add(account, mailbox, List.of(new NewMessage(message, Link.unique(mailbox, 1), 10, 0, 0, List.of(), ByteString.EMPTY, ByteString.EMPTY)));
        answered.add(message);
        return message;
    }

    FutureTask<UUID> adding(MailboxStore store) {
        FutureTask<UUID> adding = new FutureTask<>(() -> add(store));
        Thread.startVirtualThread(adding);
        return adding;
    }

    /** What was answered is there once, with UIDs and MODSEQs as they are given: this holds for whoever opens the mailbox. */
    void assertAllThereOnce() {
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

    LogHeader opened(MailboxStore store) {
        return store.fresh(account, mailbox).mailbox().header();
    }
}
