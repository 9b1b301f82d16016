package org.postel.mailbox.transit;

import com.google.protobuf.ByteString;
import java.util.UUID;
import org.postel.mail.QueueId;
import org.postel.queue.v1.TraceEvent;

/** Trace events of one message from alice@example.test, each a moment later than the one before. */
final class Steps {

    static final String SENDER = "alice@example.test";

    final QueueId message;
    private long at = System.currentTimeMillis();

    Steps() {
        this(QueueId.next());
    }

    Steps(QueueId message) {
        this.message = message;
    }

    /** One that was accepted so long ago. */
    static Steps hoursAgo(int hours) {
        UUID now = QueueId.next().uuid();
        long high = now.getMostSignificantBits() - ((hours * 3_600_000L) << 16);
        return new Steps(new QueueId(new UUID(high, now.getLeastSignificantBits())));
    }

    UUID uuid() {
        return message.uuid();
    }

    TraceEvent accepted() {
        return event("accepted").setMessageId("<" + message + "@example.test>").setSize(1234).build();
    }

    TraceEvent step(String step, String recipient) {
        return event(step).setRecipient(recipient).build();
    }

    TraceEvent step(String step, String recipient, String original) {
        return event(step).setRecipient(recipient).setOriginal(original).build();
    }

    private TraceEvent.Builder event(String step) {
        return TraceEvent.newBuilder().setQueueId(ByteString.copyFrom(message.toBytes())).setAt(at++).setStep(step).setSender(SENDER);
    }
}
