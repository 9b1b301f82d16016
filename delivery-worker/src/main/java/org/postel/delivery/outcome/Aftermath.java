package org.postel.delivery.outcome;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.postel.queue.v1.Failure;
import org.postel.queue.v1.Place;
import org.postel.queue.v1.QueuedMessage;
import org.postel.queue.v1.Recipient;

/** Does what follows from the outcome of an attempt, or from a wait without one. When it returns, the record may leave the queue. */
public final class Aftermath {

    private static final Logger LOG = Logger.getLogger(Aftermath.class);

    /** Recipients in one record: with what was said about each of them it stays below the largest record of the queue. */
    private static final int MOST_TOGETHER = 100;
    private static final Duration FIRST_ATTEMPT = Duration.ofDays(1);

    private final DurableQueue queue;
    private final Bounces bounces;
    private final Notices notices;
    private final RetrySchedule schedule;
    private final Traces traces;
    private final DeliveryMetrics metrics;
    private final Clock clock;

    /** Of one worker, for both stages. */
    public Aftermath(DurableQueue queue, Bounces bounces, Notices notices, RetrySchedule schedule, Traces traces,
            DeliveryMetrics metrics, Clock clock) {
        this.queue = queue;
        this.bounces = bounces;
        this.notices = notices;
        this.schedule = schedule;
        this.traces = traces;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * Settles an attempt: those that failed for good, or whose time is up, are bounced; those that may still succeed go to
     * the next retry tier; the sender is told of the others if that was asked for; each in groups of at most 100.
     */
    public void settle(QueuedMessage message, Target target, List<RecipientOutcome> outcomes) throws InterruptedException {
        Instant now = clock.instant();
        Instant acceptedAt = Instant.ofEpochMilli(message.getAcceptedAt());
        Instant triedSince = triedSince(message);
        Optional<Duration> delay = schedule.next(message.getAttempts() + 1, triedSince, now);
        List<Recipient> again = new ArrayList<>();
        List<Recipient> givenUp = new ArrayList<>();
        List<RecipientOutcome> arrived = new ArrayList<>();
        for (RecipientOutcome outcome : outcomes) {
            metrics.attempt(target, outcome.result(), Duration.between(acceptedAt, now));
            switch (outcome.result()) {
                case Result.Delivered(String mailbox) -> {
                    step(message, "delivered", outcome.recipient(), mailbox);
                    arrived.add(outcome);
                }
                case Result.Discarded(String rules) -> {
                    step(message, "discarded", outcome.recipient(), rules);
                    arrived.add(outcome);
                }
                case Result.Relayed relayed -> {
                    step(message, "relayed", outcome.recipient(), relayed.server() + " said: " + relayed.reply());
                    arrived.add(outcome);
                }
                case Result.Expanded() -> {
                    step(message, "expanded", outcome.recipient(), "to several addresses");
                    arrived.add(outcome);
                }
                case Result.Refused(Failure failure) -> givenUp.add(with(outcome.recipient(), failure));
                // The status stays of class 4, for another time it may work: RFC 3464 §2.3.4.
                case Result.Deferred(Failure failure) when delay.isEmpty() -> givenUp.add(with(outcome.recipient(), failure));
                case Result.Deferred(Failure failure) -> again.add(with(outcome.recipient(), failure));
            }
        }
        for (List<Recipient> some : portions(again)) {
            retry(message, schedule.late(triedSince, now) ? warned(message, some, schedule.end(triedSince), now) : some, delay.orElseThrow());
        }
        for (List<Recipient> some : portions(givenUp)) {
            giveUp(message, some);
        }
        for (List<RecipientOutcome> some : portions(arrived)) {
            notices.arrived(message, some);
        }
    }

    /**
     * Lets a message wait whose turn did not come: no attempt was made and none is counted, and yet its sender is told that it takes
     * long, and of its end when its time is up before it comes back. What was never tried, for a destination that turned nobody away, has
     * a day more: it may be our own queue that stood still.
     *
     * @param known what the destination said last, if that is known: it is told of recipients of whom nothing else is
     * @param delay a retry tier
     */
    public void postpone(QueuedMessage message, Optional<Failure> known, Duration delay) throws InterruptedException {
        Instant now = clock.instant();
        Instant triedSince = triedSince(message);
        Instant end = schedule.end(triedSince).plus(known.isPresent() || message.getAttempts() > 0 ? Duration.ZERO : FIRST_ATTEMPT);
        if (now.plus(delay).isAfter(end)) {
            for (List<Recipient> some : portions(withReason(message.getRecipientsList(), known))) {
                giveUp(message, some);
            }
        } else if (schedule.late(triedSince, now) && message.getRecipientsList().stream().anyMatch(recipient -> recipient.getWarnedAt() == 0)) {
            for (List<Recipient> some : portions(withReason(message.getRecipientsList(), known))) {
                queue.retry(to(message, warned(message, some, end, now)), delay);
            }
        } else {
            queue.retry(message, delay);
        }
    }

    private static List<Recipient> withReason(List<Recipient> recipients, Optional<Failure> known) {
        return recipients.stream().map(recipient -> recipient.hasLastFailure() ? recipient : with(recipient, known.orElseGet(Failures::noTurn))).toList();
    }

    /** The time while an operator held it, or it lay dead, is none that it was tried in. */
    private static Instant triedSince(QueuedMessage message) {
        return Instant.ofEpochMilli(Math.max(message.getAcceptedAt(), message.getReleasedAt()));
    }

    private static <T> List<List<T>> portions(List<T> recipients) {
        List<List<T>> portions = new ArrayList<>();
        for (int from = 0; from < recipients.size(); from += MOST_TOGETHER) {
            portions.add(recipients.subList(from, Math.min(from + MOST_TOGETHER, recipients.size())));
        }
        return portions;
    }

    private void step(QueuedMessage message, String step, Recipient recipient, String detail) {
        LOG.infof("%s to %s: %s", step, recipient.getAddress(), detail);
        traces.step(message, step, recipient, detail);
    }

    /** Tells of those that were not told of before, once each; a crash before the retry is durable repeats the same notification. */
    private List<Recipient> warned(QueuedMessage message, List<Recipient> recipients, Instant end, Instant now) throws InterruptedException {
        List<Recipient> news = recipients.stream().filter(recipient -> recipient.getWarnedAt() == 0).toList();
        notices.delayed(message, news, end);
        return recipients.stream().map(recipient -> news.contains(recipient)
                ? recipient.toBuilder().setWarnedAt(now.toEpochMilli()).build() : recipient).toList();
    }

    private void retry(QueuedMessage message, List<Recipient> recipients, Duration delay) throws InterruptedException {
        QueuedMessage later = to(message, recipients).toBuilder().setAttempts(message.getAttempts() + 1).build();
        Instant due = clock.instant().plus(delay);
        Place place = queue.retry(later, delay);
        for (Recipient recipient : recipients) {
            Failure failure = recipient.getLastFailure();
            LOG.infof("deferred to %s for %s: %s", recipient.getAddress(), delay, Failures.inOneLine(failure));
            traces.deferred(later, recipient, Failures.inOneLine(failure), due, place);
        }
    }

    private void giveUp(QueuedMessage message, List<Recipient> recipients) throws InterruptedException {
        bounces.bounce(message, recipients);
        for (Recipient recipient : recipients) {
            metrics.bounced(recipient.getLastFailure().getStatus());
            LOG.infof("given up for %s: %s", recipient.getAddress(), Failures.inOneLine(recipient.getLastFailure()));
        }
    }

    private static QueuedMessage to(QueuedMessage message, List<Recipient> recipients) {
        return message.toBuilder().clearRecipients().addAllRecipients(recipients).build();
    }

    private static Recipient with(Recipient recipient, Failure failure) {
        return recipient.toBuilder().setLastFailure(failure).build();
    }
}
