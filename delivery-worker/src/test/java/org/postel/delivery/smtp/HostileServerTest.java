package org.postel.delivery.smtp;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postel.delivery.smtp.OutgoingMail.Body;
import org.postel.delivery.smtp.OutgoingMail.Wishes;

/** The client against servers that never end, never answer, or break off. */
class HostileServerTest {

    private static final byte[] MAIL = "Subject: hello\r\n\r\nhello\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final SmtpTimeouts PATIENT = SmtpTimeouts.all(Duration.ofSeconds(10), Duration.ofSeconds(30));
    private static final SmtpTimeouts HASTY = SmtpTimeouts.all(Duration.ofMillis(300), Duration.ofSeconds(5));

    private static SmtpSession open(ScriptedServer server, SmtpTimeouts timeouts) throws IOException {
        return SmtpSession.open(server.address(), "mx.example.org", ClientIdentity.of("us.example.test"), TlsPolicy.OPPORTUNISTIC, timeouts,
                Opening.UNHURRIED);
    }

    private static OutgoingMail mail(byte[] content) {
        return new OutgoingMail("", content.length, Body.SEVEN_BIT, false, Wishes.NONE, () -> new ByteArrayInputStream(content));
    }

    @Test
    void endlessReplyLineIsHungUpOn() throws Exception {
        try (ScriptedServer server = new ScriptedServer(line -> {
            while (true) {
                line.say("220 " + "x".repeat(10_000));
            }
        })) {
            assertThrows(ProtocolException.class, () -> open(server, PATIENT));
        }
    }

    @Test
    void endlessReplyIsHungUpOn() throws Exception {
        try (ScriptedServer server = new ScriptedServer(line -> {
            while (true) {
                line.say("220-more\r\n");
            }
        })) {
            assertThrows(ProtocolException.class, () -> open(server, PATIENT));
        }
    }

    @Test
    void drippingServerIsHungUpOn() throws Exception {
        try (ScriptedServer server = new ScriptedServer(line -> {
            while (true) {
                line.say("2");
                Thread.sleep(50);
            }
        })) {
            long start = System.nanoTime();
            assertThrows(IOException.class, () -> open(server, HASTY));
            assertTrue(Duration.ofNanos(System.nanoTime() - start).compareTo(Duration.ofSeconds(4)) < 0);
        }
    }

    @Test
    void serverThatReadsNoContentIsHungUpOn() throws Exception {
        byte[] big = new byte[32 << 20];
        Arrays.fill(big, (byte) 'x');
        try (ScriptedServer server = new ScriptedServer(line -> {
            line.welcome();
            line.answer("250 ok\r\n");
            line.answer("250 ok\r\n");
            line.answer("354 go on\r\n");
            Thread.sleep(Duration.ofSeconds(20));
        })) {
            assertThrows(ConnectionLostException.class, () -> {
                try (SmtpSession session = open(server, HASTY)) {
                    session.send(mail(big), List.of(To.of("a@example.org")), new ArrayList<>(), Opening.UNHURRIED);
                }
            });
        }
    }

    @Test
    void totalTimeIsLimitedHoweverBusyTheServerLooks() throws Exception {
        SmtpTimeouts timeouts = SmtpTimeouts.all(Duration.ofSeconds(10), Duration.ofMillis(500));
        try (ScriptedServer server = new ScriptedServer(line -> {
            line.say("220 mx\r\n");
            while (true) {
                line.say("250-still here\r\n");
                Thread.sleep(100);
            }
        })) {
            assertThrows(IOException.class, () -> open(server, timeouts));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void earlyCloseAtEachStepIsAnError(int steps) throws Exception {
        try (ScriptedServer server = new ScriptedServer(line -> {
            if (steps > 0) {
                line.say("220 mx\r\n");
            }
            for (int i = 1; i < steps; i++) {
                line.answer(i == 4 ? "354 go on\r\n" : "250 ok\r\n");
            }
            if (steps == 5) {
                line.hearContent();
            }
        })) {
            List<Answer> answered = new ArrayList<>();
            assertThrows(IOException.class, () -> {
                try (SmtpSession session = open(server, PATIENT)) {
                    session.send(mail(MAIL), List.of(To.of("a@example.org")), answered, Opening.UNHURRIED);
                }
            });
            assertTrue(answered.isEmpty());
        }
    }
}
