package org.postel.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postel.engines.Child;
import org.postel.launcher.platform.ServiceName;

/**
 * mailbox-service is killed under {@link MailLoad} until it was hit between content and index: until content stands in Cassandra
 * that is whole and linked, and whose message is in no mailbox, both of a delivery and of an APPEND. Then it is only started again.
 */
@Order(SharedPlatform.Turn.OF_FRAGILE)
@Timeout(300)
class KilledStoreTest {

    private static final int ACCOUNTS = 4;
    private static final int CLIENTS = 8;
    /** That many more of each kind show that the load goes on. */
    private static final int MORE = 10;
    private static final int MOST_KILLS = 10;
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(60);

    private static RunningPlatform platform;

    /** Of the platform that it shares. */
    static void configure(Map<String, String> settings) {
        settings.put("postel.smtp.queue-timeout", "10s");
        settings.put("postel.delivery.queue-metrics-interval", "1s");
        // Longer than mailbox-service takes to start, and the worker to come again.
        settings.put("postel.mailbox.store.grace", "8s");
        settings.put("postel.mailbox.lease.sweep-interval", "500ms");
        settings.put("postel.mailbox.lease.sweeper", "2s");
        // What is fetched comes from Cassandra, where the sweeper may have freed too much.
        settings.put("postel.mailbox.store.content-cache", "0");
    }

    @BeforeAll
    static void start() {
        platform = SharedPlatform.FRAGILE.running();
    }

    /**
     * What a killed call left behind.
     *
     * @param appended by APPEND; else delivered
     * @param seenAt milliseconds since the epoch
     */
    private record CutOff(boolean appended, long seenAt) {
    }

    @Test
    void aKillBetweenContentAndIndexLosesAndDoublesNothing() throws IOException {
        Chaos chaos = new Chaos();
        try (StoredMail stored = new StoredMail(platform); MailLoad load = new MailLoad(platform, ACCOUNTS)) {
            load.send(CLIENTS);
            load.append(CLIENTS);
            Map<UUID, CutOff> cutOff = killUntilCutOff(chaos, load, stored);
            load.awaitMore(MORE);
            load.close();
            load.await(() -> "no link to be looked at any more: " + unswept(stored, cutOff), () -> unswept(stored, cutOff).isEmpty());
            load.check();
            checkIndex(stored, cutOff);
        }
    }

    @Test
    void theAdminApiIsClosedFromItsFirstAnswerOn() throws IOException, InterruptedException {
        try (Stranger stranger = new Stranger(platform)) {
            await("the first answer", stranger, List.of(401));
            new Chaos().kill(store()).close();
            await("the first answer of the next process", stranger, List.of(401, Stranger.NOBODY, 401));
        }
    }

    private static void await(String what, Stranger stranger, List<Integer> answers) {
        long end = System.nanoTime() + LONGEST_SILENCE.toNanos();
        while (!stranger.heard().equals(answers)) {
            assertTrue(System.nanoTime() < end, () -> what + ": " + stranger.heard());
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    private static Map<UUID, CutOff> killUntilCutOff(Chaos chaos, MailLoad load, StoredMail stored) throws IOException {
        Map<UUID, CutOff> all = new HashMap<>();
        for (int kills = 0; count(all, false) == 0 || count(all, true) == 0; kills++) {
            assertTrue(kills < MOST_KILLS, "no delivery or no APPEND was hit by " + MOST_KILLS + " kills");
            load.awaitMore(MORE);
            try (Chaos.Fault dead = chaos.kill(store())) {
                load.await("Cassandra does what it was asked last", stored::isQuiet);
                cutOff(stored).forEach(all::putIfAbsent);
                System.out.println("cut off between content and index: " + count(all, false) + " deliveries, " + count(all, true) + " APPENDs");
            }
        }
        return all;
    }

    private static long count(Map<UUID, CutOff> cutOff, boolean appended) {
        return cutOff.values().stream().filter(one -> one.appended == appended).count();
    }

    /** Whole content without a message. The other way round there is none, at no moment. */
    private static Map<UUID, CutOff> cutOff(StoredMail stored) {
        Map<UUID, StoredMail.Content> contents = stored.contents();
        stored.messages().forEach(message -> assertHas(message, contents.remove(message.id())));
        long now = System.currentTimeMillis();
        return contents.values().stream().filter(StoredMail.Content::isWholeAndLinked)
                .collect(Collectors.toMap(StoredMail.Content::message, content -> new CutOff(content.link().orElseThrow().appended(), now)));
    }

    private static void assertHas(StoredMail.Message message, StoredMail.Content content) {
        assertTrue(message.has(content), () -> message + " is in a mailbox, and all of its content is " + content);
    }

    /** Links the sweeper has not looked at or not found a message for, and content it has not freed. */
    private static List<StoredMail.Content> unswept(StoredMail stored, Map<UUID, CutOff> cutOff) {
        return stored.contents().values().stream().filter(content -> content.link().isPresent() && !content.isVerified()
                || cutOff.containsKey(content.message()) && cutOff.get(content.message()).appended).toList();
    }

    /** Every message is there once and has its content, the counts add up, and of what was cut off the deliveries came, by repetition. */
    private static void checkIndex(StoredMail stored, Map<UUID, CutOff> cutOff) {
        Map<UUID, StoredMail.Content> contents = stored.contents();
        Map<UUID, StoredMail.Message> messages = new HashMap<>();
        for (StoredMail.Mailbox mailbox : stored.mailboxes()) {
            assertEquals(mailbox.messages().size(), mailbox.count(), "messages");
            assertEquals(mailbox.messages().stream().mapToLong(StoredMail.Message::size).sum(), mailbox.octets(), "octets");
            mailbox.messages().forEach(message -> assertHas(message, contents.get(message.id())));
            mailbox.messages().forEach(message -> assertNull(messages.put(message.id(), message), () -> "twice: " + message));
        }
        cutOff.forEach((id, one) -> assertEquals(!one.appended, messages.containsKey(id), () -> "message of " + one));
        cutOff.forEach((id, one) -> assertTrue(one.appended || messages.get(id).savedAt() >= one.seenAt, () -> "before the repetition: " + one));
    }

    private static Child store() {
        return platform.platform().service(ServiceName.MAILBOX_SERVICE);
    }
}
