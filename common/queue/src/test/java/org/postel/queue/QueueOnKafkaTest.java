package org.postel.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postel.engines.KafkaServer;
import org.postel.mail.QueueId;
import org.postel.queue.MessageWork.Verdict;
import org.postel.queue.v1.ClientActivity;
import org.postel.queue.v1.ClientReport;
import org.postel.queue.v1.DeadLetter;
import org.postel.queue.v1.QueuedMessage;
import org.postel.queue.v1.Stage;

/** The queue on a real broker. */
class QueueOnKafkaTest {

    private static final Duration TIER = Duration.ofSeconds(2);
    private static KafkaServer kafka;
    private static QueueSettings settings;
    private static QueueProducer producer;
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

    @BeforeAll
    static void startBroker() throws Exception {
        kafka = KafkaServer.startTemporary();
        QueueSettings local = QueueSettings.local(kafka.bootstrapServers()).withRetryTiers(List.of(TIER, Duration.ofHours(1)));
        // The shortest lock that a broker allows by default.
        settings = new QueueSettings(local.bootstrapServers(), local.topics(), local.partitions(), local.replicationFactor(),
                local.maxRecordBytes(), local.producerBufferBytes(), local.enqueueTimeout(), Duration.ofSeconds(15), 5, Map.of());
        new TopicSetup(settings).create(Duration.ofSeconds(30));
        producer = new QueueProducer(settings, new SimpleMeterRegistry());
    }

    @AfterAll
    static void stopBroker() {
        producer.close();
        kafka.close();
    }

    @Test
    void setUpTwiceChangesNothing() throws Exception {
        new TopicSetup(settings).create(Duration.ofSeconds(30));
    }

    @Test
    void mailQueuedBeforeTheFirstWorkerIsTakenOnce() throws Exception {
        Set<ByteString> sent = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            sent.add(enqueue());
        }
        Map<ByteString, AtomicInteger> taken = new ConcurrentHashMap<>();
        try (ShareTake take = take(Topics.ACCEPTED, ShareGroups.ROUTE, 3, 20, message -> {
            taken.computeIfAbsent(message.message().getQueueId(), id -> new AtomicInteger()).incrementAndGet();
            return Verdict.DONE;
        })) {
            await(() -> taken.keySet().containsAll(sent) && take.inHand() == 0);
        }
        sent.forEach(id -> assertEquals(1, taken.get(id).get()));
        awaitLag(Topics.ACCEPTED, 0);
    }

    @Test
    void workLongerThanTheLockIsRenewedAndOthersOvertakeIt() throws Exception {
        Queue<Integer> slowDeliveries = new ConcurrentLinkedQueue<>();
        CountDownLatch overtaken = new CountDownLatch(20);
        QueuedMessage slow = message();
        try (ShareTake take = take(Topics.RELAY, ShareGroups.RELAY, 6, 2, taken -> {
            if (taken.message().getQueueId().equals(slow.getQueueId())) {
                slowDeliveries.add(taken.deliveryCount());
                Thread.sleep(settings.recordLock().plusSeconds(8));
                return Verdict.DONE;
            }
            overtaken.countDown();
            return Verdict.DONE;
        })) {
            producer.relay(slow);
            await(() -> !slowDeliveries.isEmpty());
            for (int i = 0; i < 20; i++) {
                producer.relay(message());
            }
            assertTrue(overtaken.await(10, TimeUnit.SECONDS), "a slow record held the others up");
            // The last of them is counted a moment before its work is over.
            await(() -> take.inHand() == 1);
            assertEquals(1, slowDeliveries.size());
            await(() -> take.inHand() == 0);
            awaitLag(Topics.RELAY, 0);
        }
        assertEquals(List.of(1), List.copyOf(slowDeliveries));
    }

    @Test
    void withOneCopyMailIsOnDiskBeforeItIsAcknowledgedAndTracesNeedNotBe() throws Exception {
        try (Admin admin = Admin.create(new ClientProperties(settings).admin())) {
            assertEquals("1", flushMessages(admin, Topics.ACCEPTED));
            assertEquals("1", flushMessages(admin, Topics.DEAD));
            assertNotEquals("1", flushMessages(admin, Topics.TRACE));
        }
    }

    private static String flushMessages(Admin admin, String topic) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return admin.describeConfigs(List.of(resource)).all().get().get(resource)
                .get(TopicConfig.FLUSH_MESSAGES_INTERVAL_CONFIG).value();
    }

    @Test
    void retryComesBackToItsStageAfterTheTier() throws Exception {
        QueuedMessage message = message().toBuilder().setStage(Stage.RELAY).setAttempts(1).build();
        Queue<Taken> back = new ConcurrentLinkedQueue<>();
        try (StandingOrders orders = new StandingOrders(settings); RetryMover mover = new RetryMover(settings, TIER, producer, orders);
                ShareTake take = take(Topics.RELAY, ShareGroups.RELAY, 3, 5, taken -> {
                    back.add(taken);
                    return Verdict.DONE;
                })) {
            orders.start();
            mover.start();
            long start = System.nanoTime();
            producer.retry(message, TIER);
            await(() -> !back.isEmpty());
            assertTrue(System.nanoTime() - start >= TIER.toNanos(), "came back too early");
            assertEquals(message.getQueueId(), back.peek().message().getQueueId());
            assertEquals(0, back.peek().message().getDueAt());
            await(() -> take.inHand() == 0);
            assertEquals(1, back.size());
        }
    }

    @Test
    void recordThatKeepsFailingBecomesADeadLetterBeforeItsLastDelivery() throws Exception {
        QueuedMessage poison = message();
        AtomicInteger tries = new AtomicInteger();
        try (ShareTake take = take(Topics.ACCEPTED, ShareGroups.ROUTE, 3, 5, taken -> {
            if (!taken.message().getQueueId().equals(poison.getQueueId())) {
                return Verdict.DONE;
            }
            tries.incrementAndGet();
            throw new IllegalStateException("poison");
        })) {
            producer.enqueue(poison);
            await(() -> deadLetters().stream().anyMatch(letter -> letter.getMessage().getQueueId().equals(poison.getQueueId())));
            await(() -> take.inHand() == 0);
        }
        assertEquals(3, tries.get());
    }

    @Test
    void recordsOfAKilledWorkerComeAgainAtOnce() throws Exception {
        ByteString id = enqueue();
        Process worker = new ProcessBuilder(System.getProperty("java.home") + "/bin/java", "-cp",
                System.getProperty("java.class.path"), CrashingTaker.class.getName(), kafka.bootstrapServers())
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        assertTrue(worker.waitFor(60, TimeUnit.SECONDS));
        assertEquals(9, worker.exitValue());
        Queue<Integer> counts = new ConcurrentLinkedQueue<>();
        try (ShareTake take = take(Topics.ACCEPTED, ShareGroups.ROUTE, 6, 5, taken -> {
            if (taken.message().getQueueId().equals(id)) {
                counts.add(taken.deliveryCount());
            }
            return Verdict.DONE;
        })) {
            long start = System.nanoTime();
            await(() -> !counts.isEmpty() && take.inHand() == 0);
            assertTrue(Duration.ofNanos(System.nanoTime() - start).compareTo(Duration.ofSeconds(13)) < 0,
                    "waited for the lock or the session of the dead worker");
        }
        assertEquals(List.of(2), List.copyOf(counts));
    }

    @Test
    void takesOnAfterTheBrokerWasKilled() throws Exception {
        Set<ByteString> taken = ConcurrentHashMap.newKeySet();
        try (ShareTake take = take(Topics.ACCEPTED, ShareGroups.ROUTE, 3, 5, message -> {
            taken.add(message.message().getQueueId());
            return Verdict.DONE;
        })) {
            ByteString before = enqueue();
            await(() -> taken.contains(before));
            kafka.restart();
            assertTrue(take.running());
            ByteString after = enqueue();
            await(() -> taken.contains(after));
        }
    }

    @Test
    void stopReleasesWhatIsNotFinished() throws Exception {
        QueuedMessage message = message();
        CountDownLatch begun = new CountDownLatch(1);
        ShareTake first = take(Topics.RELAY, ShareGroups.RELAY, 3, 5, taken -> {
            begun.countDown();
            Thread.sleep(Duration.ofMinutes(5));
            return Verdict.DONE;
        });
        producer.relay(message);
        assertTrue(begun.await(30, TimeUnit.SECONDS));
        first.stop(Duration.ofMillis(100));
        Queue<Integer> counts = new ConcurrentLinkedQueue<>();
        try (ShareTake second = take(Topics.RELAY, ShareGroups.RELAY, 3, 5, taken -> {
            counts.add(taken.deliveryCount());
            return Verdict.DONE;
        })) {
            await(() -> !counts.isEmpty() && second.inHand() == 0);
        }
        assertEquals(List.of(2), List.copyOf(counts));
    }

    /** SAFETY row 19. */
    @Test
    void gatewaysHearWhatClientsDoAtTheOthers() throws Exception {
        Set<ByteString> heard = ConcurrentHashMap.newKeySet();
        ByteString client = ByteString.copyFrom(new byte[] {(byte) 192, 0, 2, 1});
        ClientReport busy = ClientReport.newBuilder().setGateway(ByteString.copyFromUtf8("one"))
                .addClients(ClientActivity.newBuilder().setNetwork(client).setConnections(7)).build();
        Duration often = Duration.ofMillis(200);
        try (ClientReports one = new ClientReports(settings, producer, often, () -> busy, report -> { });
                ClientReports two = new ClientReports(settings, producer, often, ClientReport::getDefaultInstance,
                        report -> report.getClientsList().forEach(does -> heard.add(does.getNetwork())))) {
            one.start();
            two.start();
            await(() -> heard.contains(client));
        }
    }

    private ShareTake take(String topic, String group, int lanes, int batch, MessageWork work) {
        ShareTake take = new ShareTake(settings, new TakeSettings(topic, group, lanes, batch), work, producer, metrics);
        take.start();
        return take;
    }

    private static ByteString enqueue() throws Exception {
        QueuedMessage message = message();
        producer.enqueue(message);
        return message.getQueueId();
    }

    private static QueuedMessage message() {
        return QueuedMessage.newBuilder().setQueueId(ByteString.copyFrom(QueueId.next().toBytes()))
                .setInline(ByteString.copyFromUtf8("Subject: hello\r\n\r\nhello\r\n")).build();
    }

    private static List<DeadLetter> deadLetters() {
        try (KafkaConsumer<byte[], byte[]> reader = new KafkaConsumer<>(new ClientProperties(settings).groupConsumer("test"),
                new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            TopicPartition partition = new TopicPartition(Topics.DEAD, 0);
            reader.assign(List.of(partition));
            reader.seekToBeginning(List.of(partition));
            java.util.ArrayList<DeadLetter> letters = new java.util.ArrayList<>();
            reader.poll(Duration.ofSeconds(1)).forEach(record -> {
                try {
                    letters.add(DeadLetter.parseFrom(record.value()));
                } catch (com.google.protobuf.InvalidProtocolBufferException e) {
                    throw new IllegalStateException(e);
                }
            });
            return letters;
        }
    }

    @Test
    void whatIsDoneGoesFromTheDisk() throws Exception {
        try (Admin admin = Admin.create(new ClientProperties(settings).admin());
                KafkaConsumer<byte[], byte[]> reader = new KafkaConsumer<>(new ClientProperties(settings).reader(),
                        new ByteArrayDeserializer(), new ByteArrayDeserializer());
                ShareTake take = take(Topics.ACCEPTED, ShareGroups.ROUTE, 3, 5, taken -> Verdict.DONE)) {
            QueueOffsets offsets = new QueueOffsets(admin, reader, settings, Duration.ofSeconds(1));
            long before = firstOffsets(admin);
            await(() -> {
                try {
                    enqueue();
                    offsets.queues().get(Topics.ACCEPTED).read();
                    return firstOffsets(admin) > before;
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            await(() -> take.inHand() == 0);
        }
        awaitLag(Topics.ACCEPTED, 0);
    }

    private static long firstOffsets(Admin admin) throws Exception {
        Map<TopicPartition, OffsetSpec> earliest = new HashMap<>();
        for (int partition = 0; partition < settings.partitions(); partition++) {
            earliest.put(new TopicPartition(Topics.ACCEPTED, partition), OffsetSpec.earliest());
        }
        return admin.listOffsets(earliest).all().get().values().stream().mapToLong(ListOffsetsResultInfo::offset).sum();
    }

    private static void awaitLag(String queue, double expected) throws Exception {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        try (QueueMonitor monitor = new QueueMonitor(settings, registry, Duration.ofMillis(200))) {
            monitor.start();
            await(() -> {
                var gauge = registry.find("mail.queue.lag").tag("queue", queue).gauge();
                return gauge != null && gauge.value() == expected;
            });
            assertTrue(monitor.reachable());
            assertEquals(0, registry.find("mail.queue.oldest.age").tag("queue", queue).gauge().value());
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - end < 0, "nothing happened for a minute");
            Thread.sleep(20);
        }
    }
}
