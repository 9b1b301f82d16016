package org.postel.delivery.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.postel.delivery.route.Filing;
import org.postel.delivery.route.Mailboxes.Copy;
import org.postel.mailbox.api.v1.DeliverTo;
import org.postel.queue.v1.QueuedMessage;

class ServiceMailboxesTest {

    private static final Copy COPY = new Copy(ByteString.copyFromUtf8("account"), "Return-Path: <>\r\n", Optional.empty(), Filing.PLAIN);

    @Test
    void whatTheGatewayFoundOutStandsBeforeTheMessage() {
        DeliverTo to = ServiceMailboxes.to(QueuedMessage.newBuilder().setTrustFields("Authentication-Results: mx; none\r\n").build(), COPY);
        assertEquals("Return-Path: <>\r\nAuthentication-Results: mx; none\r\n", to.getPrefix().toStringUtf8());
        assertEquals("", to.getMailbox());
    }

    @Test
    void junkGoesToItsMailbox() {
        assertEquals("Junk", ServiceMailboxes.to(QueuedMessage.newBuilder().setJunk(true).build(), COPY).getMailbox());
    }

    @Test
    void whatRulesFileNeverFails() {
        Filing filing = new Filing(Filing.Copy.KEPT, "Lists", ByteString.copyFromUtf8("id"), List.of("\\Flagged"), List.of(), "rules: r");
        DeliverTo to = ServiceMailboxes.to(QueuedMessage.getDefaultInstance(), new Copy(COPY.account(), "", Optional.empty(), filing));
        assertEquals(DeliverTo.newBuilder().setAccountId(COPY.account()).setMailbox("Lists").setMailboxId(filing.mailboxId()).addFlags("\\Flagged")
                .setOrInbox(true).build(), to);
        assertEquals(false, ServiceMailboxes.to(QueuedMessage.getDefaultInstance(), COPY).getOrInbox());
    }
}
