package org.postel.imap.server;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postel.mailbox.api.MailboxServiceException.Reason;
import org.postel.mailbox.api.v1.CreateRequest;
import org.postel.wire.LineClient;

/** NOTIFY at its limits and in trouble; what it tells is in notify.txt, notify-selected.txt and notify-names.txt. */
@Timeout(30)
class NotifyTest {

    private static final byte[] MESSAGE = "Subject: hi\r\n\r\ntext\r\n".getBytes(StandardCharsets.US_ASCII);

    @Test
    void moreMailboxesThanCanBeWatchedEndTheWatching() throws Exception {
        try (TestGateway gateway = new TestGateway(Map.of("postel.imap.max-notify-mailboxes", "4"), Optional.empty());
             LineClient client = gateway.login()) {
            client.send("a NOTIFY SET (personal (MessageNew MessageExpunge))").expect("a OK");
            gateway.mail.create(CreateRequest.newBuilder().setName("Fifth").build());
            client.expect("* OK [NOTIFICATIONOVERFLOW]");
            gateway.mail.deliver(MESSAGE);
            client.send("b NOOP").expect("b OK");
            client.send("c NOTIFY SET (personal (MessageNew MessageExpunge))").expect("c NO [NOTIFICATIONOVERFLOW]");
            client.send("d NOTIFY SET (selected (MessageNew MessageExpunge))").expect("d OK");
        }
    }

    @Test
    void whatHappensWhileTheStoreIsDownIsToldLater() throws Exception {
        try (TestGateway gateway = new TestGateway(); LineClient client = gateway.login()) {
            client.send("a NOTIFY SET (personal (MessageNew MessageExpunge))").expect("a OK");
            gateway.mail.faults.every(Reason.UNAVAILABLE);
            gateway.mail.deliver(MESSAGE);
            client.send("b NOOP").expect("b OK");
            gateway.mail.faults.none();
            client.expect("* STATUS INBOX (MESSAGES 1 ");
        }
    }

    @Test
    void aRefusedNotifyLeavesTheOneBefore() throws Exception {
        try (TestGateway gateway = new TestGateway(); LineClient client = gateway.login()) {
            client.send("a NOTIFY SET (personal (MessageNew MessageExpunge))").expect("a OK");
            gateway.mail.faults.every(Reason.UNAVAILABLE);
            client.send("b NOTIFY SET (mailboxes Sent (MessageNew MessageExpunge))").expect("b NO [UNAVAILABLE]");
            gateway.mail.faults.none();
            gateway.mail.deliver(MESSAGE);
            client.expect("* STATUS INBOX (MESSAGES 1 ");
        }
    }

    @Test
    void whoIsToldIsSentAwayLikeAnybodyWhenTheServerStops() throws Exception {
        try (TestGateway gateway = new TestGateway(); LineClient client = gateway.login()) {
            client.send("a NOTIFY SET (personal (MessageNew MessageExpunge))").expect("a OK");
            gateway.drain();
            client.expect("* BYE");
            client.expectClosed();
        }
    }

    @Test
    void whoSaysNothingForTooLongIsSentAway() throws Exception {
        try (TestGateway gateway = new TestGateway(Map.of("postel.imap.idle-timeout", "300ms"), Optional.empty());
             LineClient client = gateway.login()) {
            client.send("a NOTIFY SET (personal (MessageNew MessageExpunge))").expect("a OK");
            client.expect("* BYE");
            client.expectClosed();
        }
    }
}
