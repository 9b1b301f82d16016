package org.postel.delivery.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.postel.delivery.Fixture;
import org.postel.delivery.smtp.ScriptedServer;
import org.postel.delivery.smtp.SmtpTimeouts;
import org.postel.delivery.smtp.TlsPolicy;
import org.postel.queue.v1.QueuedMessage;

/** Who tells the sender of success when mail is relayed: RFC 3461 §5.2.1 and §5.2.2. */
class StatusPassedOnTest {

    private final Fixture fixture = new Fixture();

    @Test
    void aServerWithoutDsnMakesARelayedNotification() throws Exception {
        relay(Fixture.asking("SUCCESS,FAILURE", "bob@example.org").toBuilder().setEnvelopeId("QQ+2B1").setReturnContent("FULL").build());
        String notification = notification();
        assertTrue(notification.contains("Action: relayed\r\nStatus: 2.0.0\r\nRemote-MTA: dns; mx.example.org\r\n"
                + "Diagnostic-Code: smtp; 250 2.0.0 queued as 1\r\n"), notification);
        assertTrue(notification.contains("Original-Envelope-Id: QQ+1\r\n"), notification);
        assertTrue(notification.contains("text/rfc822-headers"), "RET=FULL is for failures");
    }

    @Test
    void aServerWithDsnTellsTheSenderItself() throws Exception {
        List<String> said = relay(Fixture.asking("SUCCESS", "bob@example.org"), "DSN");
        assertEquals("RCPT TO:<bob@example.org> NOTIFY=SUCCESS", said.get(1));
        assertTrue(fixture.queue.enqueued.isEmpty());
    }

    @Test
    void whoAskedForNothingHearsNothingOfSuccess() throws Exception {
        relay(Fixture.asking("", "bob@example.org"));
        relay(Fixture.asking("NEVER", "bob@example.org"));
        relay(Fixture.asking("FAILURE,DELAY", "bob@example.org"));
        assertTrue(fixture.queue.enqueued.isEmpty());
    }

    @Test
    void nobodyIsToldAboutTheNullReversePath() throws Exception {
        relay(Fixture.asking("SUCCESS", "bob@example.org").toBuilder().setReversePath("").build());
        assertTrue(fixture.queue.enqueued.isEmpty());
    }

    @Test
    void theNextServerLearnsWhatTheSenderCallsAnAlias() throws Exception {
        QueuedMessage message = Fixture.message("bob@example.org");
        List<String> said = relay(message.toBuilder().setRecipients(0, message.getRecipients(0).toBuilder()
                .setOriginal("bob+news@example.test")).build(), "DSN");
        assertEquals("RCPT TO:<bob@example.org> ORCPT=rfc822;bob+2Bnews@example.test", said.get(1));
    }

    private String notification() {
        assertEquals(1, fixture.queue.enqueued.size());
        return fixture.queue.enqueued.getFirst().getInline().toStringUtf8();
    }

    /** To a server that takes it; MAIL and RCPT as it heard them. */
    private List<String> relay(QueuedMessage message, String... extensions) throws Exception {
        CompletableFuture<List<String>> said = new CompletableFuture<>();
        try (ScriptedServer server = new ScriptedServer(line -> {
            line.welcome(extensions);
            said.complete(List.of(line.answer("250 ok\r\n"), line.answer("250 ok\r\n")));
            line.answer("354 go on\r\n");
            line.hearContent();
            line.say("250 2.0.0 queued as 1\r\n");
            line.answer("221 bye\r\n");
        })) {
            NextHops hops = (domain, need) -> new NextHops.Found.Servers(List.of(new Hop("mx.example.org", server.address(), 0, TlsPolicy.OPPORTUNISTIC)));
            new Relayer(hops, new SuppressionsInMemory(), fixture.contents, fixture.queue, fixture.aftermath, fixture.traces,
                    new RelaySettings(SenderIdentities.allAs("mx.example.test"), 5, Duration.ofMillis(50), Duration.ofSeconds(30),
                            SmtpTimeouts.all(Duration.ofSeconds(5), Duration.ofSeconds(20)), new Reuse(1, Duration.ZERO), Duration.ofMinutes(1)), AsUsual.lanes()).relay(message);
            return said.get(5, TimeUnit.SECONDS);
        }
    }
}
