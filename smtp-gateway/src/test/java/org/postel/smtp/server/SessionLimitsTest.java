package org.postel.smtp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.postel.smtp.command.AuthCommand;
import org.postel.smtp.syntax.Reply;

class SessionLimitsTest {

    private final SessionLimits limits = new SessionLimits(new SessionSettings(Duration.ZERO, Duration.ofMinutes(5), Duration.ofMinutes(5), 1, Duration.ZERO,
        2048, 100, 20, 100, 3, Duration.ofSeconds(1)));

    // SAFETY row 20
    @Test
    void eachRefusedLoginIsAnsweredLaterUpToEightTimes() {
        List<Long> seconds = Stream.generate(() -> limits.delay(AuthCommand.WRONG).toSeconds()).limit(6).toList();
        assertEquals(List.of(1L, 2L, 4L, 8L, 8L, 8L), seconds);
    }

    @Test
    void whatIsNoFaultOfTheClientWaitsForNothing() {
        assertEquals(Duration.ZERO, limits.delay(Reply.of(235, "2.7.0", "Authentication succeeded")));
        assertEquals(Duration.ZERO, limits.delay(Reply.of(454, "4.7.0", "Temporary authentication failure")));
        assertEquals(Duration.ofSeconds(1), limits.delay(AuthCommand.RATE_LIMITED));
    }
}
