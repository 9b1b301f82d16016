package org.postel.endtoend;

import java.io.IOException;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nothing is lost: while every process is killed in turn, {@link MailLoad} sends. */
@Timeout(600)
class ChaosMailTest {

    private static final int SENDERS = 6;
    private static final int ACCOUNTS = 6;
    private static final int AT_LEAST = 300;

    private static RunningPlatform platform;

    @BeforeAll
    static void start() {
        Map<String, String> settings = RunningPlatform.impatient();
        settings.put("postel.smtp.queue-timeout", "10s");
        settings.put("postel.delivery.queue-metrics-interval", "1s");
        platform = RunningPlatform.start(settings);
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @Test
    void whatGot250IsThereOnceWhoeverDies() throws IOException {
        try (MailLoad load = new MailLoad(platform, ACCOUNTS)) {
            load.send(SENDERS);
            new Chaos(platform).killEachOf(platform.platform().children());
            load.await(AT_LEAST + " messages accepted", () -> load.sent() >= AT_LEAST);
            load.check();
        }
    }
}
