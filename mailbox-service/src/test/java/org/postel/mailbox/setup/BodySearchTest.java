package org.postel.mailbox.setup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postel.mailbox.api.UidSet;
import org.postel.mailbox.api.v1.SearchChunk;
import org.postel.mailbox.api.v1.SearchKey;
import org.postel.mailbox.api.v1.SearchRequest;
import org.postel.mailbox.cassandra.CassandraSession;
import org.postel.mailbox.cassandra.SharedCassandra;
import org.postel.mailbox.storage.StoreException;
import org.postel.mailbox.storage.StoreException.Problem;
import org.postel.mailbox.store.Uuids;
import org.roaringbitmap.RoaringBitmap;

/** Contents are looked through by several hands, which all searches share (SAFETY rows 32 and 33). */
@ExtendWith(SharedCassandra.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BodySearchTest {

    private static final int MESSAGES = 150;

    private CassandraSession cassandra;
    private UUID account;
    private UUID inbox;
    private final RoaringBitmap wanted = new RoaringBitmap();

    @BeforeAll
    void manyMessages(CassandraSession session) {
        cassandra = session;
        Pod pod = new Pod(cassandra, Map.of());
        account = pod.account();
        inbox = pod.inbox(account);
        for (int i = 1; i <= MESSAGES; i++) {
            int uid = pod.append(account, inbox, "Subject: s\r\n\r\n" + (i % 7 == 0 ? "A needle" : "hay") + "\r\n").getUid();
            if (i % 7 == 0) {
                wanted.add(uid);
            }
        }
    }

    private SearchRequest request(String body) {
        return SearchRequest.newBuilder().setMailboxId(Uuids.toBytes(inbox))
                .setWithinUids(UidSet.toBytes(RoaringBitmap.bitmapOfRange(1, MESSAGES + 1))).setKey(SearchKey.newBuilder().setBody(body)).build();
    }

    private RoaringBitmap search(Pod pod, String body) {
        RoaringBitmap found = new RoaringBitmap();
        pod.storage().mailboxes().search(account, request(body), chunk -> found.or(UidSet.parse(chunk.getUids())));
        return found;
    }

    @Test
    void manyHandsFindWhatOneFinds() {
        assertEquals(wanted, search(new Pod(cassandra, Map.of("search-hands", "3")), "NEEDLE"));
        assertEquals(wanted, search(new Pod(cassandra, Map.of("search-hands", "1")), "needle"));
    }

    @Test
    void searchesTakeTurns() throws Exception {
        Pod pod = new Pod(cassandra, Map.of("search-hands", "1"));
        CompletableFuture<RoaringBitmap> one = CompletableFuture.supplyAsync(() -> search(pod, "needle"));
        CompletableFuture<RoaringBitmap> other = CompletableFuture.supplyAsync(() -> search(pod, "hay"));
        assertEquals(wanted, one.get(30, TimeUnit.SECONDS));
        assertEquals(MESSAGES - wanted.getCardinality(), other.get(30, TimeUnit.SECONDS).getCardinality());
    }

    @Test
    void aSearchWhoseReaderIsGoneLeavesNoHandBusy() {
        Pod pod = new Pod(cassandra, Map.of("search-hands", "1", "search-silence", "0s"));
        IllegalStateException gone = new IllegalStateException("the reader is gone");
        AtomicInteger tellings = new AtomicInteger();
        Consumer<SearchChunk> reader = chunk -> {
            if (tellings.incrementAndGet() == MESSAGES + 2) {
                throw gone;
            }
        };
        // It is told of its start and of each row; what comes next is told while contents are looked through, or what was found.
        assertSame(gone, assertThrows(IllegalStateException.class, () -> pod.storage().mailboxes().search(account, request("needle"), reader)));
        assertEquals(wanted, search(pod, "needle"));
    }

    @Test
    void aSearchEndsAtItsTime() {
        Pod pod = new Pod(cassandra, Map.of("search-time", "0s"));
        assertEquals(Problem.LIMIT, assertThrows(StoreException.class, () -> search(pod, "needle")).problem());
    }

    @Test
    void itTellsHowFarItIs() {
        Pod pod = new Pod(cassandra, Map.of());
        AtomicInteger last = new AtomicInteger();
        pod.storage().mailboxes().search(account, request("needle"), chunk -> {
            assertEquals(MESSAGES, chunk.getLookedFor());
            last.set(chunk.getLookedAt());
        });
        assertEquals(MESSAGES, last.get());
    }
}
