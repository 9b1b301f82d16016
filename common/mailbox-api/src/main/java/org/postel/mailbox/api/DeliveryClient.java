package org.postel.mailbox.api;

import com.google.protobuf.ByteString;
import org.postel.mailbox.api.v1.DeliverRequest;
import org.postel.mailbox.api.v1.DeliverResponse;
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

    /** Puts one message into the mailboxes of its recipients; the same again changes nothing. */
    public DeliverResponse deliver(DeliverRequest request) {
        Calls.Route route = request.getToCount() == 1
                ? calls.serviceFor(request.getTo(0).getAccountId().toByteArray())
                : calls.anyPod();
        return calls.unary(route, DeliveryGrpc.getDeliverMethod(), request, true, calls.settings().longDeadline());
    }
}
