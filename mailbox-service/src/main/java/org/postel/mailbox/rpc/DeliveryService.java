package org.postel.mailbox.rpc;

import com.google.protobuf.ByteString;
import io.grpc.stub.StreamObserver;
import org.jboss.logging.MDC;
import org.postel.mail.QueueId;
import org.postel.mailbox.api.v1.DeliverRequest;
import org.postel.mailbox.api.v1.DeliverResponse;
import org.postel.mailbox.api.v1.DeliveryGrpc;
import org.postel.mailbox.api.v1.FilterRequest;
import org.postel.mailbox.api.v1.FilterResponse;
import org.postel.mailbox.api.v1.GetContentChunk;
import org.postel.mailbox.api.v1.GetContentRequest;
import org.postel.mailbox.api.v1.PutContentRequest;
import org.postel.mailbox.api.v1.PutContentResponse;
import org.postel.mailbox.rule.MailFilter;
import org.postel.mailbox.storage.Intake;
import org.postel.mailbox.storage.StoreException;

/** The service Delivery. */
public final class DeliveryService extends DeliveryGrpc.DeliveryImplBase {

    private static final String QUEUE_ID = "queue_id";

    private final Intake intake;
    private final MailFilter filter;
    private final Answers answers;

    public DeliveryService(Intake intake, MailFilter filter, RpcSettings settings) {
        this.intake = intake;
        this.filter = filter;
        this.answers = new Answers(settings.stallTimeout());
    }

    @Override
    public StreamObserver<PutContentRequest> putContent(StreamObserver<PutContentResponse> to) {
        return answers.fromMany("PutContent", to, messages -> {
            PutContentRequest first = messages.next().filter(PutContentRequest::hasStart).orElseThrow(Uploads::startMissing);
            named(first.getStart().getMessageId());
            return Uploads.take(intake.put(first.getStart()), messages, PutContentRequest::hasData, PutContentRequest::getData);
        });
    }

    @Override
    public void getContent(GetContentRequest request, StreamObserver<GetContentChunk> to) {
        answers.<GetContentChunk>many("GetContent", to, send -> {
            named(request.getMessageId());
            intake.get(request, data -> send.accept(GetContentChunk.newBuilder().setData(data).build()));
        });
    }

    @Override
    public void deliver(DeliverRequest request, StreamObserver<DeliverResponse> to) {
        answers.one("Deliver", to, () -> {
            named(request.getMessageId());
            return intake.deliver(request);
        });
    }

    @Override
    public void filter(FilterRequest request, StreamObserver<FilterResponse> to) {
        answers.one("Filter", to, () -> filter.filter(request));
    }

    /** The thread serves this one call, so the name needs no taking away. */
    private static void named(ByteString messageId) {
        if (messageId.size() != QueueId.BYTES) {
            throw new StoreException(StoreException.Problem.INVALID, "a message id has 16 octets");
        }
        MDC.put(QUEUE_ID, QueueId.of(messageId.toByteArray()).toString());
    }
}
