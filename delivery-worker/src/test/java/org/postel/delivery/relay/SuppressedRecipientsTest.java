package org.postel.delivery.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postel.delivery.Fixture;
import org.postel.delivery.smtp.ScriptedServer;
import org.postel.delivery.smtp.SmtpTimeouts;
import org.postel.delivery.smtp.TlsPolicy;
import org.postel.queue.v1.QueuedMessage;

/** Whoever does not exist is asked for once. */
@Timeout(30)
class SuppressedRecipientsTest {

    private final Fixture fixture = new Fixture();
    private final SuppressionsInMemory suppressions = new SuppressionsInMemory();
    private String contentReply = "250 ok\r\n";
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());

    @Test
    void whoDoesNotExistIsNotAskedForAgainAndTheSenderIsToldWhy() throws Exception {
        relay(message("nobody@example.org", "bob@example.org"), message("nobody@example.org", "bob@example.org"), message("nobody@example.org"));
        assertEquals(Map.of("nobody@example.org", "mx.example.org said: 550 5.1.1 nobody here"), suppressions.added);
        assertEquals(List.of("nobody@example.org", "bob@example.org", "bob@example.org"), asked);
        assertEquals(3, fixture.queue.enqueued.size());
        String notification = fixture.queue.enqueued.getLast().getInline().toStringUtf8();
        assertTrue(notification.contains("Status: 5.1.1"), notification);
        assertTrue(notification.contains("550 5.1.1 nobody here"), notification);
    }

    /** A server that is full, dislikes us or our sender says nothing of the recipient; nor do we know better than a server. */
    @Test
    void otherRefusalsAreAboutOtherThings() throws Exception {
        relay(message("full@example.org"), message("disliked@example.org"), message("sender@example.org"), message("later@example.org"));
        assertEquals(Map.of(), suppressions.added);
        assertEquals(4, asked.size());
    }

    /** A refusal of the whole content names somebody, and nobody knows whom. */
    @Test
    void oneReplyForAllSaysNothingOfAnyOfThem() throws Exception {
        contentReply = "550 5.1.1 somebody is not here\r\n";
        relay(message("bob@example.org", "carol@example.org"));
        assertEquals(Map.of(), suppressions.added);
        relay(message("dave@example.org"));
        assertEquals(Map.of("dave@example.org", "mx.example.org said: 550 5.1.1 somebody is not here"), suppressions.added);
    }

    @Test
    void noticesAndMailThatWasTriedBeforeAreTried() throws Exception {
        suppressions.add("nobody@example.org", "said so");
        relay(message("nobody@example.org").toBuilder().setReversePath("").build(),
                message("nobody@example.org").toBuilder().setAttempts(1).build());
        assertEquals(2, asked.size());
    }

    private void relay(QueuedMessage... messages) throws Exception {
        try (ScriptedServer server = new ScriptedServer(line -> {
            line.welcome();
            for (String command = line.hear(); !command.isEmpty(); command = line.hear()) {
                String address = command.replaceAll(".*<|>.*", "");
                if (command.startsWith("RCPT")) {
                    asked.add(address);
                }
                line.say(switch (command.startsWith("RCPT") ? address : command) {
                    case "nobody@example.org" -> "550 5.1.1 nobody here\r\n";
                    case "full@example.org" -> "552 5.2.2 full\r\n";
                    case "disliked@example.org" -> "550 5.7.1 not from you\r\n";
                    case "sender@example.org" -> "550 5.1.8 no such sender\r\n";
                    case "later@example.org" -> "450 4.1.1 ask later\r\n";
                    case "DATA" -> "354 go on\r\n";
                    default -> "250 ok\r\n";
                });
                if (command.equals("DATA")) {
                    line.hearContent();
                    line.say(contentReply);
                }
            }
        }); Relayer relayer = new Relayer((domain, need) -> new NextHops.Found.Servers(
                List.of(new Hop("mx.example.org", server.address(), 0, TlsPolicy.OPPORTUNISTIC))), suppressions, fixture.contents, fixture.queue,
                fixture.aftermath, fixture.traces, new RelaySettings(SenderIdentities.allAs("mx.example.test"), 3, Duration.ofMillis(50), Duration.ofSeconds(30),
                        SmtpTimeouts.all(Duration.ofSeconds(10), Duration.ofSeconds(20)), new Reuse(100, Duration.ofMinutes(1)), Duration.ofMinutes(1)), AsUsual.lanes())) {
            for (QueuedMessage message : messages) {
                relayer.relay(message);
            }
        }
    }

    private static QueuedMessage message(String... recipients) {
        return Fixture.message(recipients).toBuilder().setRelayDomain("example.org").build();
    }
}
