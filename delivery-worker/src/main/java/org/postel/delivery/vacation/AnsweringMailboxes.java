package org.postel.delivery.vacation;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.postel.delivery.bounce.NotificationId;
import org.postel.delivery.outcome.Contents;
import org.postel.delivery.outcome.DurableQueue;
import org.postel.delivery.route.Absence;
import org.postel.delivery.route.Mailboxes;
import org.postel.delivery.route.StoreUnavailableException;
import org.postel.mail.QueueId;
import org.postel.mail.dsn.VacationReply;
import org.postel.queue.v1.QueuedMessage;
import org.postel.queue.v1.Recipient;

/** Delivers, and then answers for whoever is away. */
public final class AnsweringMailboxes implements Mailboxes {

    private static final Logger LOG = Logger.getLogger(AnsweringMailboxes.class);
    private static final int MAX_HEADER = 128 * 1024;

    private final Mailboxes mailboxes;
    private final AnsweredSenders answered;
    private final Contents contents;
    private final DurableQueue queue;
    private final String hostname;
    private final Clock clock;

    /** @param hostname this host in Message-IDs */
    public AnsweringMailboxes(Mailboxes mailboxes, AnsweredSenders answered, Contents contents, DurableQueue queue, String hostname, Clock clock) {
        this.mailboxes = mailboxes;
        this.answered = answered;
        this.contents = contents;
        this.queue = queue;
        this.hostname = hostname;
        this.clock = clock;
    }

    @Override
    public List<Stored> deliver(QueuedMessage message, List<Copy> copies) throws StoreUnavailableException, InterruptedException {
        List<Stored> stored = mailboxes.deliver(message, copies);
        for (int i = 0; i < copies.size(); i++) {
            Optional<Absence> absence = copies.get(i).absence();
            if (stored.get(i).isThere() && absence.isPresent()) {
                answer(message, copies.get(i).account(), absence.get());
            }
        }
        return stored;
    }

    private void answer(QueuedMessage message, ByteString account, Absence absence) throws InterruptedException {
        byte[] header;
        try {
            header = contents.of(message).head(MAX_HEADER);
        } catch (IOException e) {
            LOG.infof("no answer for who is away: %s", e.getMessage());
            return;
        }
        Optional<String> objection = Manners.objection(message, absence, header);
        if (objection.isPresent()) {
            LOG.debugf("no answer for who is away: %s", objection.get());
        } else if (answered.first(account, absence, message)) {
            queue.enqueue(reply(message, absence, header));
            LOG.infof("answered for %s, who is away", absence.addresses().getFirst());
        }
    }

    private QueuedMessage reply(QueuedMessage message, Absence absence, byte[] header) {
        Instant now = clock.instant();
        String from = absence.addresses().getFirst();
        QueueId id = NotificationId.of(message, "vacation", List.of(from));
        VacationReply reply = new VacationReply(id, hostname, from, message.getReversePath(), absence.subject(), absence.text(), now, header);
        return QueuedMessage.newBuilder()
                .setQueueId(ByteString.copyFrom(id.toBytes()))
                .setReversePath("")
                .addRecipients(Recipient.newBuilder().setAddress(message.getReversePath()))
                .setInline(ByteString.copyFrom(reply.octets()))
                .setBody(reply.smtputf8() ? QueuedMessage.Body.EIGHT_BIT_MIME : QueuedMessage.Body.SEVEN_BIT)
                .setSmtputf8(reply.smtputf8())
                .setTls(message.getTls() == QueuedMessage.Tls.REQUIRED ? QueuedMessage.Tls.REQUIRED : QueuedMessage.Tls.AS_USUAL)
                .setAcceptedAt(now.toEpochMilli())
                .build();
    }
}
