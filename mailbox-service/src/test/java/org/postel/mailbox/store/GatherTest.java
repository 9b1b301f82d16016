package org.postel.mailbox.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.ByteString;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postel.mailbox.cassandra.CassandraSession;
import org.postel.mailbox.cassandra.Cql;
import org.postel.mailbox.cassandra.SharedCassandra;
import org.postel.mailbox.content.Contents;
import org.postel.mailbox.content.Link;

/** A commit waits for messages whose content is being written. */
@Timeout(60)
@ExtendWith(SharedCassandra.class)
class GatherTest {

    private final UUID account = UUID.randomUUID();
    private final UUID mailbox = UUID.randomUUID();
    private final AtomicInteger commits = new AtomicInteger();
    private Cql cql;

    @BeforeEach
    void session(CassandraSession cassandra) {
        cql = new Cql(cassandra);
    }

    private MailboxStore store(String gather) {
        return store(Map.of("gather", gather));
    }

    private MailboxStore store(Map<String, String> config) {
        MailboxStore store = new MailboxStore(cql, new Contents(cql, Clock.systemUTC(), 4, Duration.ofHours(1), 1 << 20),
                TestStoreConfig.with(config), (owner, changed, modseq) -> commits.incrementAndGet(), Clock.systemUTC());
        store.create(account, mailbox, 1);
        return store;
    }

    private NewMessage message() {
        return new NewMessage(UUID.randomUUID(), Link.unique(mailbox, 1), 10, 0, 0, List.of(), ByteString.EMPTY, ByteString.EMPTY);
    }

    @Test
    void allThatAreExpectedShareOneCommit() throws Exception {
        MailboxStore store = store("PT1H");
        List<MailboxStore.Coming> coming = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            coming.add(store.coming(account, mailbox));
        }
        List<Callable<MailboxStore.Added>> adding = new ArrayList<>();
        coming.forEach(one -> adding.add(() -> one.add(List.of(message()))));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<MailboxStore.Added> added : threads.invokeAll(adding)) {
                assertEquals(1, added.get().uids().getCardinality());
            }
        }
        assertEquals(1, commits.get());
    }

    @Test
    void whatDoesNotComeAfterAllIsNotWaitedFor() {
        MailboxStore store = store("PT1H");
        store.coming(account, mailbox).close();
        try (MailboxStore.Coming twice = store.coming(account, mailbox)) {
            twice.add(List.of(message()));
            twice.close();
        }
        store.add(account, mailbox, List.of(message()));
        assertEquals(2, commits.get());
    }

    @Test
    void aCommitThatIsFullWaitsForNobody() throws Exception {
        MailboxStore store = store(Map.of("gather", "PT1H", "round-rows", "2"));
        try (MailboxStore.Coming late = store.coming(account, mailbox); ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<MailboxStore.Added> adding = () -> store.add(account, mailbox, List.of(message()));
            threads.invokeAll(List.of(adding, adding));
            assertEquals(1, commits.get());
            late.add(List.of(message()));
        }
        assertEquals(2, commits.get());
    }

    @Test
    void whatDoesNotComeInTimeIsNotWaitedForLonger() {
        MailboxStore store = store("PT0.01S");
        try (MailboxStore.Coming late = store.coming(account, mailbox)) {
            store.add(account, mailbox, List.of(message()));
            assertEquals(1, commits.get());
            late.add(List.of(message()));
        }
        assertEquals(2, commits.get());
    }
}
