package org.postel.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postel.engines.Child;
import org.postel.launcher.platform.ServiceName;

/** Kafka and Cassandra that do not answer for a while, or cannot write, while {@link MailLoad} sends and appends. */
@Order(SharedPlatform.Turn.OF_SCALED)
@Timeout(300)
class StalledEnginesTest {

    private static final int ACCOUNTS = 4;
    private static final int SENDERS = 4;
    private static final int APPENDERS = 4;
    /** That many more of each kind show that the load goes on. */
    private static final int MORE = 20;
    /** What was under way when the fault began is answered within this time. */
    private static final Duration UNDER_WAY = Duration.ofSeconds(1);
    /** Longer than postel.smtp.queue-timeout, postel.mailbox-client.deadline and postel.mailbox.cassandra.request-timeout. */
    private static final Duration PAUSE = Duration.ofSeconds(12);

    private static final RunningPlatform PLATFORM = SharedPlatform.SCALED.running();

    @Test
    void aBrokerThatPausesLosesAndDoublesNothing() throws IOException, InterruptedException {
        Chaos chaos = new Chaos();
        try (MailLoad load = load()) {
            try (Chaos.Fault paused = chaos.stop(broker())) {
                Thread.sleep(UNDER_WAY);
                int sent = load.sent();
                int appends = load.appends();
                Thread.sleep(PAUSE);
                assertEquals(sent, load.sent(), "250 without the broker");
                assertTrue(load.notSent() > 0, load::toString);
                assertTrue(load.appends() > appends, "APPEND needs no broker");
                assertEquals(0, load.notAppended(), load::toString);
                awaitReady(load, ServiceName.MAILBOX_SERVICE, ServiceName.IMAP_GATEWAY, ServiceName.POP3_GATEWAY);
            }
            load.awaitMore(MORE);
            load.check();
        }
    }

    @Test
    void aDatabaseThatPausesLosesAndDoublesNothing() throws IOException, InterruptedException {
        Chaos chaos = new Chaos();
        try (MailLoad load = load()) {
            try (Chaos.Fault paused = chaos.stop(database())) {
                Thread.sleep(UNDER_WAY);
                int appends = load.appends();
                Thread.sleep(PAUSE);
                assertEquals(appends, load.appends(), "OK without the database");
                assertTrue(load.notSent() > 0 && load.notAppended() > 0, load::toString);
                awaitReady(load);
            }
            awaitReady(load, ServiceName.values());
            load.awaitMore(MORE);
            load.check();
        }
    }

    @Test
    void aFullDiskLosesAndDoublesNothing() throws IOException {
        assumeTrue(Chaos.canFillDisks(), "this needs prlimit");
        Chaos chaos = new Chaos();
        try (MailLoad load = load()) {
            chaos.fillDisk(broker());
            load.await("a refusal of a mail", () -> load.notSent() > 0);
            assertEquals(0, load.notAppended(), "APPEND needs no broker");
            chaos.fillDisk(database());
            load.await("a refusal of APPEND", () -> load.notAppended() > 0);
            chaos.emptyDisks(broker(), database());
            load.awaitMore(MORE);
            load.check();
        }
    }

    /** Under way. */
    private static MailLoad load() throws IOException {
        MailLoad load = new MailLoad(PLATFORM, ACCOUNTS);
        load.send(SENDERS);
        load.append(APPENDERS);
        load.awaitMore(MORE);
        assertEquals(0, load.notSent() + load.notAppended(), load::toString);
        return load;
    }

    /** These, and no others, say that they can do their work. */
    private static void awaitReady(MailLoad load, ServiceName... services) {
        Set<ServiceName> wanted = Set.of(services);
        load.await("ready: " + wanted, () -> Stream.of(ServiceName.values()).allMatch(service -> PLATFORM.platform().replicas(service).stream()
                .allMatch(replica -> replica.child().isReady() == wanted.contains(service))));
    }

    private static Child broker() {
        return PLATFORM.platform().kafka().child();
    }

    private static Child database() {
        return PLATFORM.platform().cassandra().child();
    }
}
