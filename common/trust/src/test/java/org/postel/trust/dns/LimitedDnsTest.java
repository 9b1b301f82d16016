package org.postel.trust.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class LimitedDnsTest {

    private static final Duration SHORT = Duration.ofMillis(1);

    /** Whoever sends a mail slowly would else switch its checks off. */
    @Test
    void theTimeBetweenQuestionsIsNotCounted() throws Exception {
        LimitedDns dns = new LimitedDns(new FakeDns().with("example.test", "TXT", "here"), SHORT, 1);
        LockSupport.parkNanos(SHORT.multipliedBy(5).toNanos());
        assertEquals(List.of("here"), dns.texts("example.test"));
    }
}
