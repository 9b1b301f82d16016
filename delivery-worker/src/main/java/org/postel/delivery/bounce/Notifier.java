package org.postel.delivery.bounce;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.postel.delivery.outcome.Notices;
import org.postel.delivery.outcome.RecipientOutcome;
import org.postel.delivery.outcome.Result;
import org.postel.delivery.outcome.Wish;
import org.postel.mail.dsn.Action;
import org.postel.mail.dsn.RemoteAnswer;
import org.postel.queue.v1.QueuedMessage;
import org.postel.queue.v1.Recipient;

/** Queues the notifications that are no bounces, as far as the sender asked for them. */
public final class Notifier implements Notices {

    private final Notifications notifications;

    /** @param notifications how they are written and queued */
    public Notifier(Notifications notifications) {
        this.notifications = notifications;
    }

    @Override
    public void arrived(QueuedMessage message, List<RecipientOutcome> arrived) throws InterruptedException {
        for (Action action : List.of(Action.DELIVERED, Action.RELAYED, Action.EXPANDED)) {
            List<Notifications.About> told = new ArrayList<>();
            for (RecipientOutcome outcome : arrived) {
                if (action(outcome.result()).filter(action::equals).isPresent() && Wish.SUCCESS.of(outcome.recipient())) {
                    told.add(new Notifications.About(outcome.recipient(), "2.0.0", answer(outcome.result()), ""));
                }
            }
            notifications.send(message, action, told, Optional.empty());
        }
    }

    @Override
    public void delayed(QueuedMessage message, List<Recipient> delayed, Instant until) throws InterruptedException {
        notifications.send(message, Action.DELAYED,
                delayed.stream().filter(Wish.DELAY::of).map(Notifications.About::ofFailure).toList(), Optional.of(until));
    }

    /** Empty for what the sender hears of from somebody else. */
    private static Optional<Action> action(Result result) {
        return switch (result) {
            case Result.Delivered ignored -> Optional.of(Action.DELIVERED);
            // Nobody is to find out who throws whose mail away.
            case Result.Discarded ignored -> Optional.of(Action.DELIVERED);
            // RFC 3461 §5.2.1 and §5.2.2: only when the next server does not tell.
            case Result.Relayed relayed -> relayed.passedOn() ? Optional.empty() : Optional.of(Action.RELAYED);
            case Result.Expanded ignored -> Optional.of(Action.EXPANDED);
            case Result.Deferred ignored -> Optional.empty();
            case Result.Refused ignored -> Optional.empty();
        };
    }

    private static Optional<RemoteAnswer> answer(Result result) {
        return result instanceof Result.Relayed relayed ? Optional.of(new RemoteAnswer(relayed.host(), relayed.reply()))
                : Optional.empty();
    }
}
