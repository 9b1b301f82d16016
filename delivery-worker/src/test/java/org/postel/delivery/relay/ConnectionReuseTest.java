package org.postel.delivery.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postel.delivery.Fixture;
import org.postel.delivery.smtp.ScriptedServer;
import org.postel.delivery.smtp.ScriptedServer.Line;
import org.postel.delivery.smtp.SmtpTimeouts;
import org.postel.delivery.smtp.TlsPolicy;

/** Several messages over one connection: RFC 5321 §4.5.4.1. */
@Timeout(30)
class ConnectionReuseTest {

    private static final Duration LONG = Duration.ofMinutes(1);
    private final Fixture fixture = new Fixture();

    @Test
    void messagesToOneServerShareAConnection() throws Exception {
        try (ScriptedServer server = new ScriptedServer(line -> {
            line.welcome("PIPELINING");
            line.take();
            line.take();
            line.take();
            line.hear();
        }); Relayer relayer = relayer(server, new Reuse(100, LONG))) {
            relay(relayer, 3);
            assertEquals(1, server.connections());
        }
        assertEquals(List.of("relayed", "relayed", "relayed"), fixture.queue.steps());
    }

    @Test
    void aConnectionTakesSoManyMessagesAndNoMore() throws Exception {
        CompletableFuture<String> goodbye = new CompletableFuture<>();
        try (ScriptedServer server = new ScriptedServer(line -> {
            line.welcome();
            line.take();
            line.take();
            goodbye.complete(line.answer("221 bye\r\n"));
        }, ConnectionReuseTest::one); Relayer relayer = relayer(server, new Reuse(2, LONG))) {
            relay(relayer, 3);
            assertEquals("QUIT", goodbye.get(5, TimeUnit.SECONDS));
            assertEquals(2, server.connections());
        }
        assertEquals(List.of("relayed", "relayed", "relayed"), fixture.queue.steps());
    }

    @Test
    void aConnectionThatNobodyWantsIsClosed() throws Exception {
        CompletableFuture<String> goodbye = new CompletableFuture<>();
        try (ScriptedServer server = new ScriptedServer(line -> {
            line.welcome();
            line.take();
            goodbye.complete(line.answer("221 bye\r\n"));
        }); Relayer relayer = relayer(server, new Reuse(100, Duration.ofMillis(50)))) {
            relay(relayer, 1);
            assertEquals("QUIT", goodbye.get(5, TimeUnit.SECONDS));
        }
    }

    @Test
    void goodbyeIsSaidWhenTheWorkerEnds() throws Exception {
        CompletableFuture<String> goodbye = new CompletableFuture<>();
        try (ScriptedServer server = new ScriptedServer(line -> {
            line.welcome();
            line.take();
            goodbye.complete(line.answer("221 bye\r\n"));
        })) {
            try (Relayer relayer = relayer(server, new Reuse(100, LONG))) {
                relay(relayer, 1);
            }
            assertEquals("QUIT", goodbye.get(5, TimeUnit.SECONDS));
        }
    }

    /** It hangs up, with or without a word, or wants no further message: none of it says anything about the message. */
    @ParameterizedTest
    @ValueSource(strings = {"", "421 4.4.2 you waited too long\r\n", "452 4.5.3 too many messages for one connection\r\n",
        "hang up"})
    void aServerThatIsTiredOfAConnectionGetsAnother(String word) throws Exception {
        CompletableFuture<Void> tired = new CompletableFuture<>();
        try (ScriptedServer server = new ScriptedServer(line -> {
            line.welcome();
            line.take();
            if (word.equals("hang up")) {
                line.hear();
            } else if (word.startsWith("452")) {
                tired.complete(null);
                line.answer(word);
                line.answer("250 ok\r\n");
                line.answer("221 bye\r\n");
            } else {
                line.say(word);
            }
            tired.complete(null);
        }, ConnectionReuseTest::one); Relayer relayer = relayer(server, new Reuse(100, LONG))) {
            relay(relayer, 1);
            if (!word.equals("hang up")) {
                tired.get(5, TimeUnit.SECONDS);
            }
            relay(relayer, 1);
            assertEquals(2, server.connections());
        }
        assertEquals(List.of("relayed", "relayed"), fixture.queue.steps());
    }

    /** The server may have it: it is not sent at once again. */
    @Test
    void aConnectionThatBreaksAfterTheContentLeavesTheMessageToARetry() throws Exception {
        try (ScriptedServer server = new ScriptedServer(line -> {
            line.welcome();
            line.take();
            line.answer("250 ok\r\n");
            line.answer("250 ok\r\n");
            line.answer("354 go on\r\n");
            line.hearContent();
        }, ConnectionReuseTest::one); Relayer relayer = relayer(server, new Reuse(100, LONG))) {
            relay(relayer, 2);
            assertEquals(1, server.connections());
        }
        assertEquals("4.4.2", fixture.queue.retries.getFirst().message().getRecipients(0).getLastFailure().getStatus());
    }

    @Test
    void aRefusalLeavesTheConnectionToTheNextMessage() throws Exception {
        try (ScriptedServer server = new ScriptedServer(line -> {
            line.welcome();
            line.answer("250 ok\r\n");
            line.answer("550 5.7.1 not from you\r\n");
            assertEquals("RSET", line.answer("250 ok\r\n"));
            line.take();
            line.hear();
        }); Relayer relayer = relayer(server, new Reuse(100, LONG))) {
            relay(relayer, 2);
            assertEquals(1, server.connections());
        }
        assertEquals(List.of("bounced", "relayed"), fixture.queue.steps());
    }

    @Test
    void aServerThatDoesNotStartAnewAfterARefusalIsHungUpOn() throws Exception {
        try (ScriptedServer server = new ScriptedServer(line -> {
            line.welcome();
            line.answer("250 ok\r\n");
            line.answer("550 5.7.1 not from you\r\n");
            assertEquals("RSET", line.answer("500 5.5.1 what?\r\n"));
            assertEquals("", line.hear());
        }, ConnectionReuseTest::one); Relayer relayer = relayer(server, new Reuse(100, LONG))) {
            relay(relayer, 2);
            assertEquals(2, server.connections());
        }
        assertEquals(List.of("bounced", "relayed"), fixture.queue.steps());
    }

    /** What it says unasked would be taken for the answer to the next command. */
    @Test
    void aServerThatTalksUnaskedIsHungUpOn() throws Exception {
        try (ScriptedServer server = new ScriptedServer(line -> {
            line.welcome();
            line.answer("250 ok\r\n");
            line.answer("250 ok\r\n");
            line.answer("354 go on\r\n");
            line.hearContent();
            line.say("250 2.0.0 queued as 1\r\n250 2.0.0 queued as 2\r\n");
            String heard = line.hear();
            assertTrue(heard.isEmpty() || heard.equals("QUIT"), heard);
        }, ConnectionReuseTest::one); Relayer relayer = relayer(server, new Reuse(100, LONG))) {
            relay(relayer, 2);
            assertEquals(2, server.connections());
        }
    }

    private static void one(Line line) throws java.io.IOException {
        line.welcome();
        line.take();
        line.hear();
    }

    private static void relay(Relayer relayer, int messages) throws InterruptedException {
        for (int i = 0; i < messages; i++) {
            relayer.relay(Fixture.message("bob@example.org").toBuilder().setRelayDomain("example.org").build());
        }
    }

    private Relayer relayer(ScriptedServer server, Reuse reuse) {
        NextHops hops = (domain, need) -> new NextHops.Found.Servers(List.of(new Hop("mx.example.org", server.address(), 0, TlsPolicy.OPPORTUNISTIC)));
        return new Relayer(hops, new SuppressionsInMemory(), fixture.contents, fixture.queue, fixture.aftermath, fixture.traces, new RelaySettings(SenderIdentities.allAs("mx.example.test"), 3,
                Duration.ofMillis(50), Duration.ofSeconds(30),
                SmtpTimeouts.all(Duration.ofSeconds(10), Duration.ofSeconds(20)), reuse, Duration.ofMinutes(1)), AsUsual.lanes());
    }
}
