package org.postel.mailbox.transit;

import com.google.protobuf.ByteString;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.postel.queue.QueueProducer;
import org.postel.queue.QueueUnavailableException;
import org.postel.queue.RecordReader;
import org.postel.queue.v1.QueuedMessage;
import org.postel.queue.v1.Recipient;
import org.postel.queue.v1.TraceEvent;

/**
 * Puts records that rest back to work. The queue acknowledges before the list forgets: a crash in between lets a message go
 * twice, and never loses it.
 */
final class LetGo {

    private static final Logger LOG = Logger.getLogger(LetGo.class);

    private final QueueAccess queue;
    private final RestingMail resting;
    private final String host;
    private final Clock clock;

    LetGo(QueueAccess queue, RestingMail resting, String host, Clock clock) {
        this.queue = queue;
        this.resting = resting;
        this.host = host;
        this.clock = clock;
    }

    /**
     * Those of one message go back to their stage. A worker that is killed once it has laid a record aside, and before the queue knows,
     * lays it aside again: of records for the same recipients one goes.
     *
     * @param step  what the journey calls it
     * @param fresh as if accepted now, and past orders do not count; else an order waits for them
     * @return how many went
     */
    int all(List<RestingMail.Record> records, String step, boolean fresh) throws QueueUnavailableException, QueueException, InterruptedException {
        if (records.isEmpty()) {
            return 0;
        }
        QueueProducer producer = queue.producer();
        Set<List<Recipient>> gone = new HashSet<>();
        int went = 0;
        try (RecordReader reader = queue.reader()) {
            for (RestingMail.Record each : records) {
                Optional<QueuedMessage> message = reader.read(each.record().getPlace())
                        .flatMap(value -> Resting.read(each.record().getPlace().getTopic(), value)).map(Resting::message);
                if (message.isEmpty() || message.get().getRecipientsCount() == 0) {
                    throw new QueueException(QueueException.Fault.NOT_NOW, "the record of " + each.message() + " is not readable");
                }
                if (!gone.add(message.get().getRecipientsList())) {
                    resting.done(each);
                    continue;
                }
                // Taken before: a worker may be faster than this.
                long at = clock.millis();
                producer.again(fresh ? message.get().toBuilder().setAttempts(0).setReleasedAt(clock.millis()).build() : message.get());
                resting.done(each);
                tell(producer, each, step, at);
                went++;
            }
        }
        return went;
    }

    /** They lie there no more, and nothing else happens to them. */
    void never(List<RestingMail.Record> records) throws QueueUnavailableException, InterruptedException {
        for (RestingMail.Record each : records) {
            resting.done(each);
            tell(queue.producer(), each, "deleted", clock.millis());
        }
    }

    private void tell(QueueProducer producer, RestingMail.Record record, String step, long at) throws QueueUnavailableException, InterruptedException {
        LOG.infof("%s: %s", step, record.message());
        producer.record(TraceEvent.newBuilder().setQueueId(ByteString.copyFrom(record.message().toBytes())).setAt(at).setStep(step)
                .setDetail("as an operator ordered").setHost(host).setSender(record.record().getSender()).build());
    }
}
