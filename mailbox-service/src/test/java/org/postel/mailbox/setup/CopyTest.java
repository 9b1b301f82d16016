package org.postel.mailbox.setup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.datastax.oss.driver.api.core.cql.Row;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postel.mailbox.api.MailboxState;
import org.postel.mailbox.api.UidSet;
import org.postel.mailbox.api.v1.CopyResponse;
import org.postel.mailbox.api.v1.MessageRow;
import org.postel.mailbox.api.v1.RenameRequest;
import org.postel.mailbox.cassandra.CassandraSession;
import org.postel.mailbox.cassandra.Cql;
import org.postel.mailbox.cassandra.SharedCassandra;
import org.postel.mailbox.storage.StoreException;
import org.postel.mailbox.store.TestStoreConfig;
import org.postel.mailbox.store.Uuids;
import org.roaringbitmap.RoaringBitmap;

/** COPY and MOVE of many messages: all or none (RFC 9051 §6.4.7). */
@ExtendWith(SharedCassandra.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CopyTest {

    private static final int MANY = 1000;
    private static final RoaringBitmap ALL = RoaringBitmap.bitmapOfRange(1, 1L << 32);

    private final List<UUID> commits = new CopyOnWriteArrayList<>();
    private CutOff cassandra;
    private Pod sound;
    private UUID account;
    private UUID source;

    @BeforeAll
    void manyMessages(CassandraSession session) throws Exception {
        sound = new Pod(session, Map.of());
        account = sound.account();
        source = sound.create(account, "Source");
        List<Callable<Object>> appends = IntStream.range(0, MANY)
                .<Callable<Object>>mapToObj(number -> () -> sound.append(account, source, mail(number), "$Keep")).toList();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            threads.invokeAll(appends);
        }
    }

    @BeforeEach
    void session(CassandraSession session) {
        cassandra = new CutOff(session);
        commits.clear();
    }

    private Pod pod(Map<String, String> config) {
        return new Pod(new MailStorage(cassandra, TestStoreConfig.with(config),
                (owner, mailbox, modseq) -> mailbox.ifPresent(commits::add), message -> false, Clock.systemUTC()));
    }

    private static String mail(int number) {
        return "From: Ann Example <ann@example.test>\r\nTo: Bob Example <bob@example.test>, Carol <carol@example.test>\r\nSubject: message number "
                + number + "\r\nDate: Mon, 1 Jun 2026 10:00:00 +0200\r\nMessage-ID: <" + UUID.randomUUID() + "@example.test>\r\n\r\nbody\r\n";
    }

    @Test
    void aThousandMessagesAreCopiedInOneCommitAndMovedInTwo() {
        Pod pod = pod(Map.of());
        UUID copies = pod.create(account, "Copies");
        UUID moved = pod.create(account, "Moved");
        CopyResponse copied = pod.copy(account, source, copies, ALL, false);
        assertEquals(List.of(copies), commits);
        assertEquals(RoaringBitmap.bitmapOfRange(1, MANY + 1), UidSet.parse(copied.getToUids()));
        commits.clear();
        pod.copy(account, copies, moved, ALL, true);
        assertEquals(List.of(moved, copies), commits);
        MailboxState state = sound.open(account, moved);
        assertEquals(MANY, state.flag("$keep").getCardinality());
        assertEquals(MANY, sound.summaries(account, moved, state.uids()).stream().filter(row -> row.getSummary().getEnvelope().hasSubject()).count());
        assertEquals(sound.content(account, source, MANY, 0, 0), sound.content(account, moved, MANY, 0, 0));
        assertEquals(0, sound.open(account, copies).messages());
    }

    @Test
    void theCopiesKeepTheContentWhenTheirSourceIsGone() throws Exception {
        Pod pod = pod(Map.of());
        UUID copies = pod.create(account, "Kept");
        pod.copy(account, source, copies, ALL, false);
        Cql cql = new Cql(cassandra);
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!cql.read("SELECT promise FROM promised_link WHERE mailbox_id = ? ALLOW FILTERING", copies).all().isEmpty()) {
            assertTrue(System.nanoTime() - end < 0, "the links are not written");
            Thread.sleep(10);
        }
        List<Row> rows = cql.read("SELECT payload, link FROM mailbox_log WHERE mailbox_id = ? AND kind = 1", copies).all();
        assertEquals(MANY, rows.size());
        for (Row row : rows) {
            assertTrue(linked(cql, copies, row), () -> "no link of " + row.getFormattedContents());
        }
    }

    private static boolean linked(Cql cql, UUID mailbox, Row row) throws InvalidProtocolBufferException {
        UUID message = Uuids.of(MessageRow.parseFrom(row.getByteBuffer("payload")).getMessageId());
        ByteBuffer tag = row.getByteBuffer("link");
        ByteBuffer name = ByteBuffer.allocate(16 + tag.remaining())
                .putLong(mailbox.getMostSignificantBits()).putLong(mailbox.getLeastSignificantBits()).put(tag).flip();
        return cql.read("SELECT part FROM content WHERE message_id = ? AND kind = 0 AND name = ?", message, name).one() != null;
    }

    @Test
    void whatOneCommitCarriesIsCopiedAtOnce() {
        Pod pod = pod(Map.of());
        UUID many = pod.create(account, "Many");
        UUID more = pod.create(account, "More");
        for (int i = 0; i < 14; i++) {
            pod.copy(account, source, many, ALL, false);
        }
        commits.clear();
        long start = System.nanoTime();
        pod.copy(account, many, more, ALL, false);
        System.out.println("COPY of " + 14 * MANY + " messages: " + Duration.ofNanos(System.nanoTime() - start).toMillis() + " ms");
        assertEquals(List.of(more), commits);
        assertEquals(14 * MANY, sound.open(account, more).messages());
    }

    @Test
    void aCopyWhosePodDiesLeavesAllOrNone() {
        for (int through = 0; through < 3; through++) {
            Pod pod = pod(Map.of("commit-attempts", "1"));
            UUID to = pod.create(account, "Dying" + through);
            cassandra.after(through, Integer.MAX_VALUE);
            boolean done = copied(pod, to);
            cassandra.after(Integer.MAX_VALUE, 0);
            assertEquals(done ? MANY : 0, sound.open(account, to).messages(), "commits that were let through: " + through);
        }
    }

    private boolean copied(Pod pod, UUID to) {
        try {
            pod.copy(account, source, to, ALL, false);
            return true;
        } catch (StoreException e) {
            return false;
        }
    }

    @Test
    void moreThanOneCommitCarriesIsUndoneWhenItFails() {
        Pod pod = pod(Map.of("copy-octets", "64K", "commit-attempts", "1"));
        UUID to = pod.create(account, "Undone");
        // The fourth portion is a sole writer's, which is written twice before it is given up.
        cassandra.after(3, 2);
        assertThrows(StoreException.class, () -> pod.copy(account, source, to, ALL, false));
        assertEquals(Collections.nCopies(4, to), commits, "three portions, and their expunge");
        assertEquals(0, sound.open(account, to).messages());
        assertTrue(sound.content(account, source, 1, 0, 0).endsWith("body\r\n"));
    }

    @Test
    void renamingInboxIsOneCommitOnEachSide() {
        Pod pod = pod(Map.of());
        UUID inbox = sound.inbox(account);
        pod.copy(account, source, inbox, ALL, false);
        commits.clear();
        pod.storage().trees().rename(account, RenameRequest.newBuilder().setFrom("INBOX").setTo("Old").build());
        UUID old = pod.mailbox(account, "Old");
        assertEquals(List.of(old, inbox), commits);
        assertEquals(MANY, sound.open(account, old).messages());
        assertEquals(0, sound.open(account, inbox).messages());
    }
}
