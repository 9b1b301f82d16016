package org.postel.delivery.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postel.delivery.Fixture;
import org.postel.delivery.backend.PatientQueue;
import org.postel.delivery.outcome.Traces;
import org.postel.delivery.smtp.ScriptedServer;
import org.postel.delivery.smtp.SmtpTimeouts;
import org.postel.delivery.smtp.TlsPolicy;
import org.postel.engines.KafkaServer;
import org.postel.queue.MessageWork.Verdict;
import org.postel.queue.QueueProducer;
import org.postel.queue.QueueSettings;
import org.postel.queue.RetryMover;
import org.postel.queue.ShareGroups;
import org.postel.queue.ShareTake;
import org.postel.queue.StandingOrders;
import org.postel.queue.TakeSettings;
import org.postel.queue.TopicSetup;
import org.postel.queue.Topics;
import org.postel.queue.v1.Order;
import org.postel.queue.v1.Place;
import org.postel.queue.v1.QueuedMessage;

/** The lanes of both topics as a worker has them, on a real broker, with time-outs of minutes: what arrives here waited for none. */
@Timeout(180)
class SilentDomainsOnKafkaTest {

    private static final Duration TIER = Duration.ofSeconds(1);
    private static final Duration MOMENT = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration AFTER = Duration.ofMinutes(5);
    /** As many as there are lanes, and each is written to often enough to hold them all. */
    private static final int DOMAINS = 12;
    private static final int LATE = 36;
    private static final int PROMPT = 30;
    private static final int MAIN_LANES = 12;
    /** More than lanes, fewer than silent domains. */
    private static final int OUTSIDE = 20;
    /** That of parked mail, that of a first retry, and one that is long enough for copies. */
    private static final List<Duration> TIERS = List.of(TIER, Duration.ofMinutes(5), Duration.ofMinutes(30));

    private static final String COPIES = Topics.retry(TIERS.getLast());

    private final Fixture fixture = new Fixture();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final List<AutoCloseable> running = new ArrayList<>();
    private final List<LongTransfers> outside = new ArrayList<>();

    @Test
    void aDozenOfThemHoldUpNobodyElseAndEachIsAskedOnce() throws Exception {
        CountDownLatch asked = new CountDownLatch(DOMAINS + 3);
        CountDownLatch arrived = new CountDownLatch(PROMPT);
        try (KafkaServer kafka = KafkaServer.startTemporary(); ScriptedServer silent = new ScriptedServer(line -> {
            asked.countDown();
            Thread.sleep(Duration.ofMinutes(5));
        }); ScriptedServer good = new ScriptedServer(line -> {
            line.welcome();
            line.take();
            arrived.countDown();
            line.answer("221 bye\r\n");
        })) {
            try {
                QueueSettings settings = QueueSettings.local(kafka.bootstrapServers()).withRetryTiers(TIERS);
                new TopicSetup(settings).create(Duration.ofSeconds(60));
                QueueProducer producer = started(new QueueProducer(settings, metrics));
                start(settings, producer, (domain, need) -> to(domain, domain.startsWith("silent") ? silent : good));
                for (int i = 0; i < LATE; i++) {
                    producer.relay(message("late@silent" + i % DOMAINS + ".example.org"));
                }
                for (int i = 0; i < PROMPT; i++) {
                    producer.relay(message("bob@good.example.org"));
                }
                assertTrue(arrived.await(60, TimeUnit.SECONDS), () -> arrived.getCount() + " mails wait for domains that say nothing");
                assertTrue(asked.await(60, TimeUnit.SECONDS), "each of the silent ones is asked, without a time limit");
                silent.close();
            } finally {
                stop();
            }
        }
        assertEquals(PROMPT, fixture.queue.steps().stream().filter("relayed"::equals).count(), "each once");
    }

    /** None of them gets its answer before good mail has arrived: it may hold up no lane until then. */
    @Test
    void farMoreOfThemThanLanesTakeContentAndHoldUpNobodyElse() throws Exception {
        int silentDomains = 4 * MAIN_LANES;
        CountDownLatch contents = new CountDownLatch(OUTSIDE);
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch arrived = new CountDownLatch(PROMPT);
        CountDownLatch answer = new CountDownLatch(1);
        try (KafkaServer kafka = KafkaServer.startTemporary(); ScriptedServer silent = new ScriptedServer(line -> {
            line.welcome();
            line.answer("250 2.1.0 ok\r\n");
            line.answer("250 2.1.5 ok\r\n");
            line.answer("354 go on\r\n");
            line.hearContent();
            contents.countDown();
            answer.await();
            line.say("250 2.0.0 queued at last\r\n");
            line.answer("221 bye\r\n");
        }); ScriptedServer good = new ScriptedServer(line -> {
            line.welcome();
            line.take();
            first.countDown();
            arrived.countDown();
            line.answer("221 bye\r\n");
        })) {
            try {
                QueueSettings settings = QueueSettings.local(kafka.bootstrapServers()).withRetryTiers(TIERS);
                new TopicSetup(settings).create(Duration.ofSeconds(60));
                QueueProducer producer = started(new QueueProducer(settings, metrics));
                start(settings, producer, (domain, need) -> to(domain, domain.startsWith("silent") ? silent : good));
                producer.relay(message("alice@good.example.org"));
                assertTrue(first.await(60, TimeUnit.SECONDS), "nothing is known of the good one yet");
                for (int i = 0; i < 2 * silentDomains; i++) {
                    producer.relay(message("late@silent" + i % silentDomains + ".example.org"));
                }
                assertTrue(contents.await(60, TimeUnit.SECONDS), () -> contents.getCount() + " more should have taken their content");
                for (int i = 0; i < PROMPT; i++) {
                    producer.relay(message("bob@good.example.org"));
                }
                assertTrue(arrived.await(30, TimeUnit.SECONDS), () -> arrived.getCount() + " mails wait for domains that take content and say nothing");
                assertEquals(0, relayedTo("silent"), "no answer came yet");
                await(() -> outside.stream().mapToInt(LongTransfers::count).sum() >= OUTSIDE, "those that are silent stay in their lanes");
                answer.countDown();
                await(() -> relayedTo("silent") >= 2 * silentDomains, "mail for the silent ones is lost");
                await(() -> metrics.get("mail.queue.in.hand").gauges().stream().allMatch(gauge -> gauge.value() == 0), "lanes never became free");
                // What is taken back is read by whoever moves the tier; of what is not, another one is relayed when it is due.
                await(() -> outside.stream().allMatch(one -> one.count() == 0), "copies were not taken back");
                long copies = copies(kafka.bootstrapServers());
                assertTrue(copies >= OUTSIDE, "of those that were silent");
                assertEquals(copies, takenBack(kafka.bootstrapServers()).size());
            } finally {
                stop();
            }
        }
        assertEquals(2 * silentDomains, relayedTo("silent"), "each once");
        assertEquals(PROMPT + 1, relayedTo("good"), "each once");
    }

    /** Nothing else goes to that tier. */
    private static long copies(String broker) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(broker)) {
            List<TopicPartition> partitions = consumer.partitionsFor(COPIES).stream().map(one -> new TopicPartition(COPIES, one.partition())).toList();
            return consumer.endOffsets(partitions).values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /** As whoever moves the tier reads it. */
    private static Set<Place> takenBack(String broker) throws Exception {
        Set<Place> places = new HashSet<>();
        TopicPartition orders = new TopicPartition(Topics.ORDERS, 0);
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(broker)) {
            consumer.assign(List.of(orders));
            consumer.seekToBeginning(List.of(orders));
            long end = consumer.endOffsets(List.of(orders)).get(orders);
            while (consumer.position(orders) < end) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    Order order = Order.parseFrom(record.value());
                    if (order.getAction() == Order.Action.MOVED) {
                        order.getPlacesList().stream().filter(place -> place.getTopic().equals(COPIES)).forEach(places::add);
                    }
                }
            }
        }
        return places;
    }

    private static KafkaConsumer<byte[], byte[]> consumer(String broker) {
        return new KafkaConsumer<>(Map.of("bootstrap.servers", broker), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private long relayedTo(String domain) {
        return List.copyOf(fixture.queue.traces).stream().filter(event -> event.getStep().equals("relayed") && event.getRecipient().contains("@" + domain)).count();
    }

    private static void await(BooleanSupplier condition, String failure) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - end < 0, failure);
            Thread.sleep(20);
        }
    }

    private void stop() throws Exception {
        for (AutoCloseable one : running.reversed()) {
            one.close();
        }
    }

    /** As the worker has them by default. */
    private void start(QueueSettings settings, QueueProducer producer, NextHops hops) {
        SlowDestinations slow = new SlowDestinations(Duration.ofHours(1));
        LongTransfers ofMain = longTransfers(settings, producer, slow);
        LongTransfers ofSlow = longTransfers(settings, producer, slow);
        Relayer main = started(relayer(hops, producer, 3, Lanes.main(new Openings(MOMENT, AFTER, 3), slow, AFTER)));
        Relayer apart = started(relayer(hops, producer, 1, Lanes.slow(slow, AFTER, TIER)));
        StandingOrders orders = started(new StandingOrders(settings));
        orders.start();
        started(new RetryMover(settings, TIER, producer, orders)).start();
        take(settings, producer, new TakeSettings(Topics.RELAY_SLOWLY, ShareGroups.RELAY_SLOWLY, 6, 16), apart, ofSlow);
        take(settings, producer, new TakeSettings(Topics.RELAY, ShareGroups.RELAY, MAIN_LANES, 8), main, ofMain);
    }

    private LongTransfers longTransfers(QueueSettings settings, QueueProducer producer, SlowDestinations known) {
        PatientQueue queue = new PatientQueue(producer);
        LongTransfers transfers = started(new LongTransfers(queue, fixture.aftermath(queue), known, PATIENCE, OUTSIDE, settings.topics().retryTiers(),
                SmtpTimeouts.standard().total()));
        outside.add(transfers);
        return transfers;
    }

    private void take(QueueSettings settings, QueueProducer producer, TakeSettings take, Relayer relayer, LongTransfers transfers) {
        started(new ShareTake(settings, take, taken -> {
            transfers.relay(taken.message(), () -> relayer.relay(taken.message()), () -> relayer.park(taken.message()));
            return Verdict.DONE;
        }, producer, metrics)).start();
    }

    private Relayer relayer(NextHops hops, QueueProducer producer, int perDestination, Lanes lanes) {
        PatientQueue queue = new PatientQueue(producer);
        return new Relayer(hops, new SuppressionsInMemory(), fixture.contents, queue, fixture.aftermath(queue),
                new Traces(fixture.queue, "worker-1"), new RelaySettings(SenderIdentities.allAs("mx.example.test"), perDestination, Duration.ofMillis(100), TIER,
                        SmtpTimeouts.standard(), new Reuse(1, Duration.ZERO), Duration.ofMinutes(1)), lanes);
    }

    private <T extends AutoCloseable> T started(T one) {
        running.add(one);
        return one;
    }

    /** Each domain has a server of its own: what is about a shared one is not looked at here. */
    private static NextHops.Found to(String domain, ScriptedServer server) {
        InetSocketAddress address = server.address();
        return new NextHops.Found.Servers(List.of(new Hop("mx." + domain, address, 0, TlsPolicy.OPPORTUNISTIC)));
    }

    private static QueuedMessage message(String recipient) {
        return Fixture.message(recipient).toBuilder().setRelayDomain(recipient.substring(recipient.indexOf('@') + 1)).build();
    }
}
