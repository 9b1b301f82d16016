package org.postel.mailbox.setup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postel.mailbox.api.MailboxState;
import org.postel.mailbox.api.UidSet;
import org.postel.mailbox.api.v1.AppendResponse;
import org.postel.mailbox.api.v1.CreateRequest;
import org.postel.mailbox.api.v1.DeliverResult.Outcome;
import org.postel.mailbox.api.v1.GetContentRequest;
import org.postel.mailbox.api.v1.StoreResponse;
import org.postel.mailbox.cassandra.CassandraSession;
import org.postel.mailbox.cassandra.Cql;
import org.postel.mailbox.cassandra.SharedCassandra;
import org.postel.mailbox.content.ContentWriter;
import org.postel.mailbox.content.Contents;
import org.postel.mailbox.content.Link;
import org.postel.mailbox.storage.StoreException;
import org.postel.mailbox.storage.StoreException.Problem;
import org.postel.mailbox.store.TestStoreConfig;
import org.postel.mailbox.store.Uuids;
import org.roaringbitmap.RoaringBitmap;

/** What must hold between pods, through crashes and lost answers. */
@ExtendWith(SharedCassandra.class)
class TwoPodsTest {

    private static final String MAIL = "Subject: x\r\n\r\nbody\r\n";
    private static final Clock LATER = Clock.offset(Clock.systemUTC(), Duration.ofHours(3));

    private static <T> List<T> together(List<Callable<T>> tasks) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<T> results = new ArrayList<>();
            for (Future<T> future : threads.invokeAll(tasks)) {
                results.add(future.get());
            }
            return results;
        }
    }

    @Test
    void concurrentAppendsOnTwoPodsEachHaveAUidOfTheirOwn(CassandraSession cassandra) throws Exception {
        Pod one = new Pod(cassandra, Map.of());
        Pod two = new Pod(cassandra, Map.of());
        UUID account = one.account();
        UUID inbox = one.inbox(account);
        List<Callable<AppendResponse>> tasks = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            Pod pod = i % 2 == 0 ? one : two;
            tasks.add(() -> pod.append(account, inbox, MAIL));
        }
        List<AppendResponse> answers = together(tasks);
        Set<Integer> uids = new HashSet<>();
        answers.forEach(answer -> assertTrue(uids.add(answer.getUid()), "UID given twice: " + answer.getUid()));
        MailboxState state = one.open(account, inbox);
        assertEquals(60, state.messages());
        answers.forEach(answer -> assertEquals(answer.getModseq(), state.modseq(answer.getUid())));
        assertEquals(state.header(), new Pod(cassandra, Map.of()).open(account, inbox).header());
    }

    /** RFC 7162 §3.1.3: clients on different gateways that take a message for themselves. */
    @Test
    void ofConditionalStoresOnTwoPodsOneWins(CassandraSession cassandra) throws Exception {
        List<Pod> pods = List.of(new Pod(cassandra, Map.of()), new Pod(cassandra, Map.of()));
        UUID account = pods.getFirst().account();
        UUID inbox = pods.getFirst().inbox(account);
        long known = pods.getFirst().append(account, inbox, MAIL).getModseq();
        List<Callable<StoreResponse>> tasks = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Pod pod = pods.get(i % 2);
            tasks.add(() -> pod.add(account, inbox, RoaringBitmap.bitmapOf(1), "taken", known));
        }
        List<StoreResponse> answers = together(tasks);
        assertEquals(1, answers.stream().filter(answer -> answer.getModseq() > known).count());
        assertEquals(19, answers.stream().filter(answer -> UidSet.parse(answer.getModified()).contains(1)).count());
    }

    @Test
    void lostAnswersLoseAndDoubleNothing(CassandraSession cassandra) throws Exception {
        long seed = System.nanoTime();
        Pod sound = new Pod(cassandra, Map.of());
        UUID account = sound.account();
        UUID inbox = sound.inbox(account);
        List<Pod> pods = List.of(faulty(cassandra, seed), faulty(cassandra, seed + 1));
        List<UUID> messages = new ArrayList<>();
        List<Callable<Outcome>> tasks = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            UUID message = UUID.randomUUID();
            messages.add(message);
            Pod pod = pods.get(i % 2);
            tasks.add(() -> pod.deliver(account, message, MAIL));
        }
        List<Outcome> outcomes = together(tasks);
        for (int i = 0; i < outcomes.size(); i++) {
            if (outcomes.get(i) != Outcome.DELIVERED) {
                assertEquals(Outcome.DELIVERED, sound.deliver(account, messages.get(i), MAIL), "seed " + seed);
            }
        }
        RoaringBitmap uids = sound.open(account, inbox).uids();
        Set<UUID> stored = new HashSet<>();
        sound.summaries(account, inbox, uids).forEach(row -> assertTrue(stored.add(Uuids.of(row.getMessageId())), "doubled, seed " + seed));
        assertEquals(new HashSet<>(messages), stored, "seed " + seed);
    }

    @Test
    void lostAnswersOfASoleWriterLoseAndDoubleNothing(CassandraSession cassandra) {
        long seed = System.nanoTime();
        Pod sound = new Pod(cassandra, Map.of());
        UUID account = sound.account();
        UUID inbox = sound.inbox(account);
        Pod faulty = new Pod(new MailStorage(new Faults(cassandra, new Random(seed), 25), TestStoreConfig.with(Map.of()),
                (of, mailbox, modseq) -> {}, message -> false, Clock.systemUTC()));
        List<UUID> messages = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            UUID message = UUID.randomUUID();
            messages.add(message);
            for (Outcome outcome = null; outcome != Outcome.DELIVERED;) {
                outcome = faulty.deliver(account, message, MAIL);
            }
        }
        List<UUID> stored = sound.summaries(account, inbox, sound.open(account, inbox).uids()).stream().map(row -> Uuids.of(row.getMessageId())).toList();
        assertEquals(messages, stored, "seed " + seed);
    }

    private static Pod faulty(CassandraSession cassandra, long seed) {
        return new Pod(new MailStorage(new Faults(cassandra, new Random(seed), 4), TestStoreConfig.with(Map.of()),
                (account, mailbox, modseq) -> {}, message -> false, Clock.systemUTC()));
    }

    @Test
    void contentWhosePodDiedBeforeTheIndexIsSwept(CassandraSession cassandra) {
        Pod pod = new Pod(cassandra, Map.of());
        UUID account = pod.account();
        UUID message = UUID.randomUUID();
        Contents contents = new Contents(new Cql(cassandra), Clock.systemUTC(), 4, Duration.ofHours(1), 1 << 20);
        ContentWriter writer = contents.write(message, Duration.ofHours(1));
        writer.write(ByteString.copyFromUtf8(MAIL));
        writer.finish(List.of(Link.delivery(pod.inbox(account), 1)));
        UUID kept = UUID.randomUUID();
        pod.deliver(account, kept, MAIL);

        pod.storage().sweeper().sweep(() -> true);
        assertTrue(contents.size(message).isPresent(), "still within its grace time");
        Pod later = new Pod(cassandra, Map.of(), LATER);
        later.storage().sweeper().sweep(() -> true);
        new Pod(cassandra, Map.of(), Clock.offset(LATER, Duration.ofHours(3))).storage().sweeper().sweep(() -> true);
        assertTrue(contents.size(message).isEmpty());
        assertTrue(contents.size(kept).isPresent());
    }

    @Test
    void aDeliveryCutOffAfterTheContentIsCompletedByItsRepetition(CassandraSession cassandra) {
        Pod pod = new Pod(cassandra, Map.of());
        UUID account = pod.account();
        UUID message = UUID.randomUUID();
        ContentWriter writer = new Contents(new Cql(cassandra), Clock.systemUTC(), 4, Duration.ofHours(1), 1 << 20).write(message, Duration.ofHours(1));
        writer.write(ByteString.copyFromUtf8(MAIL));
        writer.finish(List.of(Link.delivery(pod.inbox(account), 1)));
        assertEquals(Outcome.DELIVERED, pod.deliver(account, message, MAIL));
        assertEquals(1, pod.open(account, pod.inbox(account)).messages());
    }

    @Test
    void aFoldedLogOpensToTheSameStateAndItsContentIsFreed(CassandraSession cassandra) {
        Map<String, String> config = Map.of("snapshot-after", "15", "resync-horizon", "0s");
        Pod pod = new Pod(cassandra, config);
        UUID account = pod.account();
        UUID inbox = pod.inbox(account);
        UUID gone = UUID.randomUUID();
        pod.deliver(account, gone, MAIL);
        MailboxState old = pod.open(account, inbox);
        for (int i = 0; i < 20; i++) {
            pod.append(account, inbox, MAIL, "$k" + i % 3);
        }
        long flagged = pod.add(account, inbox, RoaringBitmap.bitmapOf(3, 4), "\\Flagged").getModseq();
        pod.add(account, inbox, RoaringBitmap.bitmapOf(1, 5, 7), "\\Deleted");
        pod.expunge(account, inbox);
        long expunged = pod.open(account, inbox).modseq();
        Cql cql = new Cql(cassandra);
        // Each further commit gives the housekeeping another occasion, until it caught up with the expunge.
        for (int i = 0; i < 400 && logFrom(cql, inbox) < expunged; i++) {
            pod.append(account, inbox, MAIL);
        }
        assertTrue(logFrom(cql, inbox) >= expunged, "folded up to " + logFrom(cql, inbox));
        MailboxState live = pod.open(account, inbox);
        MailboxState cold = new Pod(cassandra, config).open(account, inbox);
        assertEquals(live.header(), cold.header());
        assertEquals(live.uids(), cold.uids());
        assertEquals(live.flag("$k1"), cold.flag("$k1"));
        assertEquals(flagged, cold.modseq(4), "a message keeps its MODSEQ where its change is gone");
        assertEquals(live.changedSince(flagged - 1), cold.changedSince(flagged - 1));
        assertFalse(new Pod(cassandra, config).update(account, inbox, old), "a view from before the horizon must open anew");
        new Pod(cassandra, config, LATER).storage().sweeper().sweep(() -> true);
        GetContentRequest read = GetContentRequest.newBuilder().setMessageId(Uuids.toBytes(gone)).build();
        assertEquals(Problem.NOT_FOUND, assertThrows(StoreException.class, () -> pod.storage().intake().get(read, octets -> {})).problem());
    }

    private static long logFrom(Cql cql, UUID mailbox) {
        return cql.read("SELECT DISTINCT mailbox_id, log_from FROM mailbox_log WHERE mailbox_id = ?", mailbox).one().getLong("log_from");
    }

    @Test
    void theMailOfADeletedAccountIsFreed(CassandraSession cassandra) {
        Pod pod = new Pod(cassandra, Map.of());
        UUID account = pod.account();
        UUID message = UUID.randomUUID();
        pod.deliver(account, message, MAIL);
        pod.storage().trees().deleteAccount(account);
        assertEquals(Outcome.NO_SUCH_ACCOUNT, new Pod(cassandra, Map.of()).deliver(account, UUID.randomUUID(), MAIL));
        new Pod(cassandra, Map.of(), LATER).storage().sweeper().sweep(() -> true);
        new Pod(cassandra, Map.of(), Clock.offset(LATER, Duration.ofHours(3))).storage().sweeper().sweep(() -> true);
        GetContentRequest read = GetContentRequest.newBuilder().setMessageId(Uuids.toBytes(message)).build();
        assertThrows(StoreException.class, () -> pod.storage().intake().get(read, octets -> {}));
        pod.storage().trees().createAccount(account);
        assertEquals(0, pod.open(account, pod.inbox(account)).messages());
    }

    @Test
    void oneOfTwoPodsCreatesAName(CassandraSession cassandra) throws Exception {
        Pod one = new Pod(cassandra, Map.of());
        Pod two = new Pod(cassandra, Map.of());
        UUID account = one.account();
        List<Callable<Boolean>> tasks = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            Pod pod = i % 2 == 0 ? one : two;
            String name = "name" + i / 2;
            tasks.add(() -> created(pod, account, name));
        }
        assertEquals(8, together(tasks).stream().filter(won -> won).count());
        assertEquals(6 + 8, two.storage().trees().tree(account).getMailboxesCount());
    }

    private static boolean created(Pod pod, UUID account, String name) {
        try {
            pod.storage().trees().create(account, CreateRequest.newBuilder().setName(name).build());
            return true;
        } catch (StoreException e) {
            assertEquals(Problem.ALREADY_EXISTS, e.problem());
            return false;
        }
    }
}
