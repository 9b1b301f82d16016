package org.postel.delivery.bounce;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.postel.delivery.outcome.Bounces;
import org.postel.delivery.outcome.Contents;
import org.postel.delivery.outcome.DurableQueue;
import org.postel.delivery.outcome.MessageContent;
import org.postel.delivery.outcome.Traces;
import org.postel.mail.QueueId;
import org.postel.mail.dsn.Action;
import org.postel.mail.dsn.DeliveryReport;
import org.postel.mail.dsn.Notification;
import org.postel.mail.dsn.Original;
import org.postel.mail.dsn.RecipientReport;
import org.postel.mail.dsn.RemoteAnswer;
import org.postel.queue.v1.DeadLetter;
import org.postel.queue.v1.Failure;
import org.postel.queue.v1.QueuedMessage;
import org.postel.queue.v1.Recipient;

/** Queues notifications. */
public final class Bouncer implements Bounces {

    private static final Logger LOG = Logger.getLogger(Bouncer.class);
    private static final int MAX_HEADER = 64 * 1024;
    private static final int MAX_WHOLE = 128 * 1024;

    private final DurableQueue queue;
    private final Contents contents;
    private final Traces traces;
    private final String hostname;
    private final Clock clock;

    /** @param hostname this host in the notification */
    public Bouncer(DurableQueue queue, Contents contents, Traces traces, String hostname, Clock clock) {
        this.queue = queue;
        this.contents = contents;
        this.traces = traces;
        this.hostname = hostname;
        this.clock = clock;
    }

    @Override
    public void bounce(QueuedMessage message, List<Recipient> recipients) throws InterruptedException {
        if (message.getReversePath().isEmpty()) {
            bury(message, recipients);
            return;
        }
        List<Recipient> told = recipients.stream().filter(Bouncer::wantsFailures).toList();
        if (!told.isEmpty()) {
            queue.enqueue(notification(message, told));
        }
        for (Recipient recipient : recipients) {
            String detail = told.contains(recipient) ? status(recipient) : "not told, as the sender asked (NOTIFY=NEVER)";
            traces.step(message, "bounced", recipient.getAddress(), detail);
        }
    }

    /** RFC 5321 §4.5.5: nobody is told about a notification that could not be delivered; a person can find it here. */
    private void bury(QueuedMessage message, List<Recipient> recipients) throws InterruptedException {
        String reason = "undeliverable, and its reverse-path is null: " + status(recipients.getFirst());
        queue.bury(DeadLetter.newBuilder()
                .setMessage(message.toBuilder().clearRecipients().addAllRecipients(recipients))
                .setReason(reason).setDiedAt(clock.millis()).build());
        LOG.warnf("dead letter: %s", reason);
        recipients.forEach(recipient -> traces.step(message, "dead", recipient.getAddress(), reason));
    }

    private QueuedMessage notification(QueuedMessage message, List<Recipient> recipients) {
        QueueId id = NotificationId.of(message, recipients);
        Instant now = clock.instant();
        Notification notification = Notification.of(new DeliveryReport(id, hostname, message.getReversePath(),
                Optional.of(message.getEnvelopeId()).filter(envelopeId -> !envelopeId.isEmpty()),
                Instant.ofEpochMilli(message.getAcceptedAt()), now,
                recipients.stream().map(recipient -> report(recipient, now)).toList(), original(message)));
        return QueuedMessage.newBuilder()
                .setQueueId(ByteString.copyFrom(id.toBytes()))
                .setReversePath("")
                .addRecipients(Recipient.newBuilder().setAddress(message.getReversePath()))
                .setInline(ByteString.copyFrom(notification.octets()))
                .setBody(notification.eightBit() ? QueuedMessage.Body.EIGHT_BIT_MIME : QueuedMessage.Body.SEVEN_BIT)
                .setSmtputf8(notification.smtputf8())
                .setAcceptedAt(now.toEpochMilli())
                .build();
    }

    private static RecipientReport report(Recipient recipient, Instant now) {
        Failure failure = recipient.getLastFailure();
        return new RecipientReport(recipient.getOriginal().isEmpty() ? recipient.getAddress() : recipient.getOriginal(),
                Optional.of(recipient.getOriginalRecipientParameter()).filter(parameter -> !parameter.isEmpty()),
                Action.FAILED, failure.getStatus(),
                Optional.of(failure).filter(some -> !some.getReply().isEmpty())
                        .map(some -> new RemoteAnswer(some.getRemoteHost(), some.getReply())),
                failure.getExplanation(), now, Optional.empty());
    }

    /** RFC 3461 §4.3: RET=FULL is honoured while the mail is small. */
    private Original original(QueuedMessage message) {
        MessageContent content = contents.of(message);
        try {
            boolean whole = message.getReturnContent().equalsIgnoreCase("FULL") && content.size() <= MAX_WHOLE;
            return whole ? new Original.Whole(content.head(MAX_WHOLE)) : new Original.Header(content.head(MAX_HEADER));
        } catch (IOException e) {
            LOG.infof("the original header cannot be quoted: %s", e.getMessage());
            return new Original.Header(new byte[0]);
        }
    }

    /** RFC 3461 §4.1: NOTIFY=NEVER, or a list without FAILURE, asks for silence. */
    private static boolean wantsFailures(Recipient recipient) {
        String notify = recipient.getNotify().toUpperCase(Locale.ROOT);
        return notify.isEmpty() || notify.contains("FAILURE");
    }

    private static String status(Recipient recipient) {
        return recipient.getLastFailure().getStatus() + " " + recipient.getLastFailure().getExplanation();
    }
}
