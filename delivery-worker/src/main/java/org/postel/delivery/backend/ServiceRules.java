package org.postel.delivery.backend;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.postel.delivery.route.Filing;
import org.postel.delivery.route.Rules;
import org.postel.delivery.route.StoreUnavailableException;
import org.postel.mailbox.api.DeliveryClient;
import org.postel.mailbox.api.MailboxServiceException;
import org.postel.mailbox.api.v1.FilterRequest;
import org.postel.mailbox.api.v1.FilterResponse;
import org.postel.queue.v1.QueuedMessage;

/** The rules of mailbox-service's accounts. */
public final class ServiceRules implements Rules {

    private final DeliveryClient client;

    /** Contacts nobody yet. */
    public ServiceRules(DeliveryClient client) {
        this.client = client;
    }

    @Override
    public List<Filing> of(QueuedMessage message, byte[] header, List<ByteString> accounts) throws StoreUnavailableException {
        // What was found out about the message stands before it in its mailbox: rules may ask for that too.
        ByteString fields = ByteString.copyFrom(message.getTrustFields(), StandardCharsets.UTF_8).concat(ByteString.copyFrom(header));
        FilterRequest request = FilterRequest.newBuilder().setHeader(fields).addAllAccountId(accounts).setAcceptedAt(message.getAcceptedAt())
                .setSize(message.hasClaimedSize() ? message.getClaimedSize() : message.getInline().size()).build();
        try {
            FilterResponse response = client.filter(request);
            if (response.getFilingsCount() != accounts.size()) {
                throw new StoreUnavailableException("the rules of " + response.getFilingsCount() + " of " + accounts.size() + " accounts", null);
            }
            return response.getFilingsList().stream().map(ServiceRules::filing).toList();
        } catch (MailboxServiceException e) {
            throw new StoreUnavailableException(e.getMessage(), e);
        }
    }

    private static Filing filing(org.postel.mailbox.api.v1.Filing said) {
        String applied = said.getAppliedCount() == 0 ? "" : "rules: " + String.join(", ", said.getAppliedList());
        return new Filing(copy(said.getCopy()), said.getMailbox(), said.getMailboxId(), said.getFlagsList(), said.getForwardList(),
                said.getTrouble().isEmpty() ? applied : said.getTrouble());
    }

    private static Filing.Copy copy(org.postel.mailbox.api.v1.Filing.Copy said) {
        return switch (said) {
            // What a newer release means loses no mail.
            case KEPT, UNRECOGNIZED -> Filing.Copy.KEPT;
            case SENT_ON -> Filing.Copy.SENT_ON;
            case DISCARDED -> Filing.Copy.DISCARDED;
        };
    }
}
