package org.postel.mailbox.setup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postel.mailbox.api.MailboxState;
import org.postel.mailbox.api.UidSet;
import org.postel.mailbox.api.v1.AppendAllResponse;
import org.postel.mailbox.api.v1.AppendStart;
import org.postel.mailbox.api.v1.Replaced;
import org.postel.mailbox.cassandra.CassandraSession;
import org.postel.mailbox.cassandra.SharedCassandra;
import org.postel.mailbox.storage.Intake.Batch;
import org.postel.mailbox.storage.StoreException;
import org.postel.mailbox.storage.StoreException.Problem;
import org.postel.mailbox.store.TestStoreConfig;
import org.postel.mailbox.store.Uuids;
import org.roaringbitmap.RoaringBitmap;

/** Some messages, all or none: RFC 3502, RFC 8508, SAFETY row 16. */
@ExtendWith(SharedCassandra.class)
class AppendAllTest {

    private static final String MAIL = "Subject: x\r\n\r\nbody\r\n";

    private static AppendStart start(UUID mailbox, String... flags) {
        return AppendStart.newBuilder().setMailboxId(Uuids.toBytes(mailbox)).addAllFlags(List.of(flags)).build();
    }

    private static AppendStart replacing(UUID mailbox, UUID from, int uid) {
        return start(mailbox).toBuilder().setReplaces(Replaced.newBuilder().setMailboxId(Uuids.toBytes(from)).setUid(uid)).build();
    }

    private static void write(Batch batch, AppendStart start, String content) {
        batch.begin(start);
        batch.write(ByteString.copyFromUtf8(content));
    }

    private static AppendAllResponse one(Pod pod, UUID account, AppendStart start) {
        try (Batch batch = pod.storage().intake().appendAll(account)) {
            write(batch, start, MAIL);
            return batch.finish();
        }
    }

    @Test
    void allAreThereAtOnceAndInOrder(CassandraSession cassandra) {
        Pod pod = new Pod(cassandra, Map.of());
        UUID account = pod.account();
        UUID inbox = pod.inbox(account);
        pod.append(account, inbox, MAIL);
        long before = pod.open(account, inbox).modseq();
        String large = "Subject: large\r\n\r\n" + "0123456789abcde\n".repeat(10_000);
        AppendAllResponse stored;
        try (Batch batch = pod.storage().intake().appendAll(account)) {
            write(batch, start(inbox, "\\Seen"), MAIL);
            write(batch, start(inbox, "$k"), large);
            batch.begin(start(inbox));
            assertEquals(1, new Pod(cassandra, Map.of()).open(account, inbox).messages(), "none of them before all");
            stored = batch.finish();
        }
        assertEquals(RoaringBitmap.bitmapOf(2, 3, 4), UidSet.parse(stored.getUids()));
        MailboxState state = new Pod(cassandra, Map.of()).open(account, inbox);
        assertEquals(before + 3, stored.getModseq());
        assertEquals(List.of(List.of("\\Seen"), List.of("$k"), List.of()), List.of(state.flagsOf(2), state.flagsOf(3), state.flagsOf(4)));
        assertEquals(large, pod.content(account, inbox, 3, 0, 0));
        assertEquals(List.of(MAIL.length(), large.length(), 0), List.of((int) state.size(2), (int) state.size(3), (int) state.size(4)));
        assertEquals("large", pod.summaries(account, inbox, RoaringBitmap.bitmapOf(3)).getFirst().getSummary().getEnvelope().getSubject().toStringUtf8());
    }

    @Test
    void whatIsRefusedOrGivenUpLeavesNone(CassandraSession cassandra) {
        Pod pod = new Pod(cassandra, Map.of("message-size", "1K", "copy-octets", "6K"));
        UUID account = pod.account();
        UUID inbox = pod.inbox(account);
        UUID other = pod.create(account, "other");
        Batch givenUp = pod.storage().intake().appendAll(account);
        write(givenUp, start(inbox), MAIL);
        write(givenUp, start(inbox), MAIL);
        givenUp.close();
        List<AppendStart> wrong = List.of(start(other), replacing(inbox, inbox, 1));
        for (AppendStart second : wrong) {
            try (Batch batch = pod.storage().intake().appendAll(account)) {
                write(batch, start(inbox), MAIL);
                assertEquals(Problem.INVALID, assertThrows(StoreException.class, () -> batch.begin(second)).problem());
            }
        }
        try (Batch batch = pod.storage().intake().appendAll(account)) {
            write(batch, start(inbox), MAIL);
            batch.begin(start(inbox));
            batch.write(ByteString.copyFrom(new byte[1000]));
            assertEquals(Problem.LIMIT, assertThrows(StoreException.class, () -> batch.write(ByteString.copyFrom(new byte[25]))).problem());
        }
        try (Batch batch = pod.storage().intake().appendAll(account)) {
            assertEquals(Problem.LIMIT, assertThrows(StoreException.class, () -> {
                for (int i = 0; i < 100; i++) {
                    write(batch, start(inbox), MAIL);
                }
            }).problem(), "more rows than one commit carries");
        }
        assertEquals(0, pod.open(account, inbox).messages());
        assertEquals(0, pod.open(account, other).messages());
    }

    /** Promise 1 and 3 of SAFETY.md where answers get lost: what was answered is there once, what was not is there whole or not at all. */
    @Test
    void lostAnswersTearNoCommandApart(CassandraSession cassandra) {
        long seed = System.nanoTime();
        Pod sound = new Pod(cassandra, Map.of());
        UUID account = sound.account();
        UUID inbox = sound.inbox(account);
        Pod faulty = new Pod(new MailStorage(new Faults(cassandra, new Random(seed), 6), TestStoreConfig.with(Map.of()),
                (owner, mailbox, modseq) -> {}, message -> false, Clock.systemUTC()));
        List<RoaringBitmap> answered = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            try (Batch batch = faulty.storage().intake().appendAll(account)) {
                for (int part = 0; part < 3; part++) {
                    write(batch, start(inbox, "$set" + i), MAIL);
                }
                answered.add(UidSet.parse(batch.finish().getUids()));
            } catch (StoreException e) {
                assertEquals(Problem.UNAVAILABLE, e.problem(), "seed " + seed);
            }
        }
        MailboxState state = new Pod(cassandra, Map.of()).open(account, inbox);
        for (int i = 0; i < 25; i++) {
            int there = state.flag("$set" + i).getCardinality();
            assertTrue(there == 0 || there == 3, "seed " + seed + ": " + there + " of set " + i);
        }
        answered.forEach(uids -> assertTrue(uids.getCardinality() == 3 && state.uids().contains(uids), "seed " + seed));
    }

    @Test
    void aReplacedMessageGoesAsTheOtherComes(CassandraSession cassandra) {
        Pod pod = new Pod(cassandra, Map.of());
        UUID account = pod.account();
        UUID inbox = pod.inbox(account);
        pod.append(account, inbox, MAIL, "\\Deleted");
        pod.append(account, inbox, MAIL, "\\Seen");
        MailboxState view = pod.open(account, inbox);
        AppendAllResponse stored = one(pod, account, replacing(inbox, inbox, 2));
        assertEquals(RoaringBitmap.bitmapOf(3), UidSet.parse(stored.getUids()));
        assertEquals(stored.getModseq() + 1, stored.getReplacedModseq());
        assertTrue(new Pod(cassandra, Map.of()).update(account, inbox, view));
        assertEquals(RoaringBitmap.bitmapOf(1, 3), view.uids(), "not the one that is only marked");
        MailboxState cold = new Pod(cassandra, Map.of()).open(account, inbox);
        assertEquals(cold.header(), pod.open(account, inbox).header());
        assertEquals(2, cold.header().getUnseen());
        Problem gone = assertThrows(StoreException.class, () -> one(pod, account, replacing(inbox, inbox, 2))).problem();
        assertEquals(Problem.PRECONDITION, gone);
        UUID other = pod.create(account, "other");
        assertThrows(StoreException.class, () -> one(pod, account, replacing(other, inbox, 2)));
        assertEquals(0, pod.open(account, other).messages());
        assertEquals(2, pod.open(account, inbox).messages());
        one(pod, account, replacing(other, inbox, 3));
        assertEquals(1, pod.open(account, other).messages());
        assertEquals(RoaringBitmap.bitmapOf(1), pod.open(account, inbox).uids());
        pod.storage().sweeper().sweep(() -> true);
        assertEquals(MAIL, new Pod(cassandra, Map.of(), Clock.offset(Clock.systemUTC(), Duration.ofHours(3))).content(account, other, 1, 0, 0));
    }
}
