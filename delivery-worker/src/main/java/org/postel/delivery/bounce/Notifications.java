package org.postel.delivery.bounce;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.postel.delivery.outcome.Contents;
import org.postel.delivery.outcome.DurableQueue;
import org.postel.delivery.outcome.MessageContent;
import org.postel.mail.QueueId;
import org.postel.mail.dsn.Action;
import org.postel.mail.dsn.DeliveryReport;
import org.postel.mail.dsn.Notification;
import org.postel.mail.dsn.Original;
import org.postel.mail.dsn.RecipientReport;
import org.postel.mail.dsn.RemoteAnswer;
import org.postel.queue.v1.Failure;
import org.postel.queue.v1.QueuedMessage;
import org.postel.queue.v1.Recipient;

/** Writes a notification and queues it like any other message, with the null reverse-path. */
public final class Notifications {

    private static final Logger LOG = Logger.getLogger(Notifications.class);
    private static final int MAX_HEADER = 64 * 1024;
    private static final int MAX_WHOLE = 128 * 1024;

    private final DurableQueue queue;
    private final Contents contents;
    private final String hostname;
    private final Clock clock;

    /** @param hostname this host in the notification */
    public Notifications(DurableQueue queue, Contents contents, String hostname, Clock clock) {
        this.queue = queue;
        this.contents = contents;
        this.hostname = hostname;
        this.clock = clock;
    }

    /**
     * What is said of a recipient.
     *
     * @param status RFC 3463
     * @param answer of the last server that was asked
     * @param explanation in plain words; empty to let the status speak
     */
    record About(Recipient recipient, String status, Optional<RemoteAnswer> answer, String explanation) {

        static About ofFailure(Recipient recipient) {
            Failure failure = recipient.getLastFailure();
            return new About(recipient, failure.getStatus(), given(failure.getReply()).map(reply ->
                    new RemoteAnswer(failure.getRemoteHost(), reply)), failure.getExplanation());
        }
    }

    /**
     * Returns once it is in the queue; about nobody, or to nobody, there is none.
     *
     * @param retryUntil for a delay: when the mail will be given up
     */
    void send(QueuedMessage message, Action action, List<About> recipients, Optional<Instant> retryUntil) throws InterruptedException {
        // RFC 5321 §6.1: never about what came from the null reverse-path; nor about junk (SAFETY row 24).
        if (recipients.isEmpty() || message.getReversePath().isEmpty() || message.getJunk()) {
            return;
        }
        Instant now = clock.instant();
        QueueId id = NotificationId.of(message, action, recipients.stream().map(About::recipient).toList());
        Notification notification = Notification.of(new DeliveryReport(id, hostname, message.getReversePath(),
                given(message.getEnvelopeId()), Instant.ofEpochMilli(message.getAcceptedAt()), now,
                recipients.stream().map(about -> report(about, action, now, retryUntil)).toList(), original(message, action)));
        queue.enqueue(QueuedMessage.newBuilder()
                .setQueueId(ByteString.copyFrom(id.toBytes()))
                .setReversePath("")
                .addRecipients(Recipient.newBuilder().setAddress(message.getReversePath()))
                .setInline(ByteString.copyFrom(notification.octets()))
                .setBody(notification.eightBit() ? QueuedMessage.Body.EIGHT_BIT_MIME : QueuedMessage.Body.SEVEN_BIT)
                .setSmtputf8(notification.smtputf8())
                // RFC 8689 §5: it tells as much as the mail did.
                .setTls(message.getTls() == QueuedMessage.Tls.REQUIRED ? QueuedMessage.Tls.REQUIRED : QueuedMessage.Tls.AS_USUAL)
                .setAcceptedAt(now.toEpochMilli())
                .build());
    }

    private static RecipientReport report(About about, Action action, Instant now, Optional<Instant> retryUntil) {
        Recipient recipient = about.recipient();
        return new RecipientReport(recipient.getOriginal().isEmpty() ? recipient.getAddress() : recipient.getOriginal(),
                given(recipient.getOriginalRecipientParameter()), action, about.status(), about.answer(), about.explanation(), now,
                retryUntil);
    }

    /** RFC 3461 §4.3: RET=FULL is for failures only, and honoured while the mail is small; RFC 8689 §5: not under REQUIRETLS. */
    private Original original(QueuedMessage message, Action action) {
        MessageContent content = contents.of(message);
        try {
            boolean whole = action == Action.FAILED && message.getTls() != QueuedMessage.Tls.REQUIRED
                    && message.getReturnContent().equalsIgnoreCase("FULL") && content.size() <= MAX_WHOLE
                    // RFC 3030 §3: a notification goes to servers that take no binary octets.
                    && message.getBody() != QueuedMessage.Body.BINARY_MIME;
            return whole ? new Original.Whole(content.head(MAX_WHOLE)) : new Original.Header(content.head(MAX_HEADER));
        } catch (IOException e) {
            LOG.infof("the original header cannot be quoted: %s", e.getMessage());
            return new Original.Header(new byte[0]);
        }
    }

    private static Optional<String> given(String parameter) {
        return Optional.of(parameter).filter(some -> !some.isEmpty());
    }
}
