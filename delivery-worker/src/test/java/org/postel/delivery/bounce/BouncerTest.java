package org.postel.delivery.bounce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postel.delivery.Fixture;
import org.postel.delivery.outcome.Failures;
import org.postel.delivery.outcome.RecipientOutcome;
import org.postel.delivery.outcome.Result;
import org.postel.delivery.outcome.Target;
import org.postel.mail.dsn.Action;
import org.postel.queue.v1.Failure;
import org.postel.queue.v1.QueuedMessage;

/** What a notification of failure gives back: RFC 3461 §4.2 to §4.4 and §6. */
class BouncerTest {

    private final Fixture fixture = new Fixture();

    @Test
    void envelopeIdAndOriginalRecipientComeBackAsTheSenderWroteThem() throws Exception {
        QueuedMessage message = Fixture.message("bob@example.org");
        String notification = bounce(message.toBuilder().setEnvelopeId("order+3D7").setRecipients(0, message.getRecipients(0).toBuilder()
                .setOriginalRecipientParameter("rfc822;Bob+2Bnews@example.net")).build());
        assertTrue(notification.contains("Original-Envelope-Id: order=7\r\n"), notification);
        assertTrue(notification.contains("Original-Recipient: rfc822; Bob+news@example.net\r\nFinal-Recipient: rfc822; bob@example.org\r\n"),
                notification);
    }

    @Test
    void theMailComesBackWholeOnlyWhenAskedForAndSmall() throws Exception {
        QueuedMessage message = Fixture.message("bob@example.org");
        assertTrue(bounce(message.toBuilder().setReturnContent("FULL").build()).contains("Content-Type: message/rfc822"));
        assertTrue(bounce(message.toBuilder().setReturnContent("HDRS").build()).contains("Content-Type: text/rfc822-headers"));
        assertTrue(bounce(message).contains("Content-Type: text/rfc822-headers"));
        String big = Fixture.MAIL + "x\r\n".repeat(50_000);
        String notification = bounce(message.toBuilder().setReturnContent("FULL").setInline(ByteString.copyFromUtf8(big)).build());
        assertTrue(notification.contains("Content-Type: text/rfc822-headers"));
        assertFalse(notification.contains("x\r\nx"));
    }

    // A server that takes no binary mail must be able to take the news of it.
    @Test
    void ofABinaryMailTheHeaderComesBack() throws Exception {
        QueuedMessage message = Fixture.message("bob@example.org").toBuilder().setReturnContent("FULL").setBody(QueuedMessage.Body.BINARY_MIME).build();
        assertTrue(bounce(message).contains("Content-Type: text/rfc822-headers"));
    }

    @Test
    void eachKindOfNewsHasAnIdOfItsOwn() {
        QueuedMessage message = Fixture.message("bob@example.org");
        assertNotEquals(NotificationId.of(message, Action.DELAYED, message.getRecipientsList()),
                NotificationId.of(message, Action.FAILED, message.getRecipientsList()));
        assertEquals(NotificationId.of(message, Action.FAILED, message.getRecipientsList()),
                NotificationId.of(message, Action.FAILED, message.getRecipientsList()));
    }

    // Who looks for a lost mail asks what the other server said first of all.
    @Test
    void journeyAndDeadLetterSayWhatTheServerSaid() throws Exception {
        Result refused = new Result.Refused(Failure.newBuilder().setStatus("5.1.1").setRemoteHost("mx.example.org").setReply("550-5.1.1 no\r\n550 5.1.1 such user").build());
        String said = "5.1.1 mx.example.org said: 550-5.1.1 no 550 5.1.1 such user";
        QueuedMessage message = Fixture.message("bob@example.org");
        fixture.aftermath.settle(message, Target.REMOTE, List.of(new RecipientOutcome(message.getRecipients(0), refused)));
        assertEquals(List.of("bounced"), fixture.queue.steps());
        assertEquals(said, fixture.queue.traces.getLast().getDetail());
        fixture.aftermath.settle(message.toBuilder().clearReversePath().build(), Target.REMOTE, List.of(new RecipientOutcome(message.getRecipients(0), refused)));
        assertEquals("undeliverable, and its reverse-path is null: " + said, fixture.queue.dead.getLast().getReason());
        assertEquals("undeliverable, and its reverse-path is null: " + said, fixture.queue.traces.getLast().getDetail());
    }

    private String bounce(QueuedMessage message) throws InterruptedException {
        fixture.aftermath.settle(message, Target.REMOTE, List.of(new RecipientOutcome(message.getRecipients(0),
                new Result.Refused(Failures.unknownUser()))));
        return fixture.queue.enqueued.getLast().getInline().toStringUtf8();
    }
}
