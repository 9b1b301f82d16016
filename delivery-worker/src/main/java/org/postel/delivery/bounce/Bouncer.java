package org.postel.delivery.bounce;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.postel.delivery.outcome.Bounces;
import org.postel.delivery.outcome.DurableQueue;
import org.postel.delivery.outcome.Failures;
import org.postel.delivery.outcome.Traces;
import org.postel.delivery.outcome.Wish;
import org.postel.mail.dsn.Action;
import org.postel.queue.v1.DeadLetter;
import org.postel.queue.v1.QueuedMessage;
import org.postel.queue.v1.Recipient;

/** Queues the notifications of failures. */
public final class Bouncer implements Bounces {

    private static final Logger LOG = Logger.getLogger(Bouncer.class);

    private final DurableQueue queue;
    private final Notifications notifications;
    private final Traces traces;
    private final Clock clock;

    /** @param notifications how they are written and queued */
    public Bouncer(DurableQueue queue, Notifications notifications, Traces traces, Clock clock) {
        this.queue = queue;
        this.notifications = notifications;
        this.traces = traces;
        this.clock = clock;
    }

    @Override
    public void bounce(QueuedMessage message, List<Recipient> recipients) throws InterruptedException {
        if (message.getReversePath().isEmpty()) {
            bury(message, recipients, "its reverse-path is null");
            return;
        }
        // SAFETY row 24: who is named as the sender of junk has hardly sent it.
        if (message.getJunk()) {
            bury(message, recipients, "it is junk, whose sender is not told");
            return;
        }
        notifications.send(message, Action.FAILED,
                recipients.stream().filter(Wish.FAILURE::of).map(Notifications.About::ofFailure).toList(), Optional.empty());
        for (Recipient recipient : recipients) {
            String silent = Wish.FAILURE.of(recipient) ? ""
                    : ", and the sender is not told, as asked (NOTIFY=" + recipient.getNotify() + ")";
            traces.step(message, "bounced", recipient, Failures.inOneLine(recipient.getLastFailure()) + silent);
        }
    }

    /** RFC 5321 §4.5.5: nobody is told about a notification that could not be delivered; a person can find it here. */
    private void bury(QueuedMessage message, List<Recipient> recipients, String why) throws InterruptedException {
        String reason = "undeliverable, and " + why + ": " + Failures.inOneLine(recipients.getFirst().getLastFailure());
        queue.bury(DeadLetter.newBuilder()
                .setMessage(message.toBuilder().clearRecipients().addAllRecipients(recipients))
                .setReason(reason).setDiedAt(clock.millis()).build());
        LOG.warnf("dead letter: %s", reason);
        recipients.forEach(recipient -> traces.step(message, "dead", recipient, reason));
    }
}
