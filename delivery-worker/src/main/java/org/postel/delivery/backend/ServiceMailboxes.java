package org.postel.delivery.backend;

import com.google.protobuf.ByteString;
import java.util.List;
import org.postel.delivery.route.Filing;
import org.postel.delivery.route.Mailboxes;
import org.postel.delivery.route.StoreUnavailableException;
import org.postel.mailbox.api.DeliveryClient;
import org.postel.mailbox.api.MailboxServiceException;
import org.postel.mailbox.api.v1.DeliverRequest;
import org.postel.mailbox.api.v1.DeliverResponse;
import org.postel.mailbox.api.v1.DeliverResult;
import org.postel.mailbox.api.v1.DeliverTo;
import org.postel.queue.v1.QueuedMessage;

/** The mailboxes of mailbox-service. */
public final class ServiceMailboxes implements Mailboxes {

    // Every account begins with a mailbox of this name for RFC 6154's \Junk; one that is gone is made again.
    private static final String JUNK = "Junk";

    private final DeliveryClient client;

    /** Contacts nobody yet. */
    public ServiceMailboxes(DeliveryClient client) {
        this.client = client;
    }

    @Override
    public List<Stored> deliver(QueuedMessage message, List<Copy> copies) throws StoreUnavailableException {
        DeliverRequest.Builder request = DeliverRequest.newBuilder().setMessageId(message.getQueueId())
                .setAcceptedAt(message.getAcceptedAt());
        switch (message.getContentCase()) {
            case INLINE -> request.setInline(message.getInline());
            case CLAIMED_SIZE -> request.setClaimedSize(message.getClaimedSize());
            case CONTENT_NOT_SET -> request.setInline(ByteString.EMPTY);
        }
        copies.forEach(copy -> request.addTo(to(message, copy)));
        try {
            return client.deliver(request.build()).getResultsList().stream().map(ServiceMailboxes::stored).toList();
        } catch (MailboxServiceException e) {
            throw new StoreUnavailableException(e.getMessage(), e);
        }
    }

    static DeliverTo to(QueuedMessage message, Copy copy) {
        return DeliverTo.newBuilder().setAccountId(copy.account())
                .setPrefix(ByteString.copyFromUtf8(copy.prefix() + message.getTrustFields()))
                .setMailbox(message.getJunk() ? JUNK : copy.filing().mailbox())
                .setMailboxId(copy.filing().mailboxId()).addAllFlags(copy.filing().flags())
                .setOrInbox(copy.filing() != Filing.PLAIN && !message.getJunk()).build();
    }

    private static Stored stored(DeliverResult result) {
        return switch (result.getOutcome()) {
            case DELIVERED -> result.getInInbox() ? Stored.IN_INBOX : Stored.DELIVERED;
            case NO_SUCH_ACCOUNT -> Stored.NO_SUCH_ACCOUNT;
            case OVER_QUOTA -> Stored.OVER_QUOTA;
            case TEMPORARY_FAILURE, OUTCOME_UNSPECIFIED, UNRECOGNIZED -> Stored.TEMPORARY_FAILURE;
        };
    }
}
