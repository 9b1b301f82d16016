package org.postel.mailbox.api;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.postel.mailbox.api.MailboxServiceException.Reason;
import org.postel.mailbox.api.v1.DeliverRequest;
import org.postel.mailbox.api.v1.DeliverResponse;
import org.postel.mailbox.api.v1.DeliverResult;
import org.postel.mailbox.api.v1.DeliveryGrpc;
import org.postel.mailbox.api.v1.FilterRequest;
import org.postel.mailbox.api.v1.FilterResponse;
import org.postel.mailbox.api.v1.GetContentChunk;
import org.postel.mailbox.api.v1.GetContentRequest;
import org.postel.mailbox.api.v1.PutContentRequest;
import org.postel.mailbox.api.v1.PutContentResponse;
import org.postel.mailbox.api.v1.PutContentStart;

/** The service Delivery; each call as {@code delivery.proto} says. */
public final class DeliveryClient {

    private final Calls calls;

    DeliveryClient(Calls calls) {
        this.calls = calls;
    }

    /** Opens the claim check for one message, named by its queue id of 16 octets. */
    public ContentUpload<PutContentResponse> putContent(ByteString messageId) {
        PutContentRequest start = PutContentRequest.newBuilder().setStart(PutContentStart.newBuilder().setMessageId(messageId)).build();
        return new ContentUpload<>(calls.upload(calls.anyPod(), DeliveryGrpc.getPutContentMethod()), start,
                data -> PutContentRequest.newBuilder().setData(data).build(), calls.settings().longDeadline());
    }

    /** Claimed content; NOT_FOUND when it is not there any more. Close the stream. */
    public MessageStream<GetContentChunk> getContent(GetContentRequest request) {
        return calls.stream(calls.anyPod(), DeliveryGrpc.getGetContentMethod(), request);
    }

    /** What the rules of accounts say of a message; the same each time. */
    public FilterResponse filter(FilterRequest request) {
        return calls.repeatable(calls.anyPod(), DeliveryGrpc.getFilterMethod(), request);
    }

    /**
     * Puts one message into the mailboxes of its recipients; the same again changes nothing. Each pod gets those whose mailboxes it serves:
     * there they are in memory, and nobody else writes to them.
     */
    public DeliverResponse deliver(DeliverRequest request) {
        Collection<List<Integer>> groups = calls.byPod(request.getToCount(), i -> request.getTo(i).getAccountId().toByteArray());
        DeliverResult[] results = new DeliverResult[request.getToCount()];
        long end = System.nanoTime() + calls.settings().longDeadline().toNanos();
        for (List<Integer> group : groups) {
            DeliverRequest part = groups.size() == 1 ? request
                    : request.toBuilder().clearTo().addAllTo(group.stream().map(request::getTo).toList()).build();
            List<DeliverResult> told = deliverThere(part, Duration.ofNanos(end - System.nanoTime())).getResultsList();
            if (told.size() != group.size()) {
                throw new MailboxServiceException(Reason.INTERNAL, "Deliver: " + told.size() + " results for " + group.size() + " recipients");
            }
            for (int i = 0; i < group.size(); i++) {
                results[group.get(i)] = told.get(i);
            }
        }
        return DeliverResponse.newBuilder().addAllResults(List.of(results)).build();
    }

    private DeliverResponse deliverThere(DeliverRequest request, Duration deadline) {
        Calls.Route route = calls.serviceFor(request.getTo(0).getAccountId().toByteArray());
        return calls.unary(route, DeliveryGrpc.getDeliverMethod(), request, true, deadline);
    }
}
