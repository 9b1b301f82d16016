package org.postel.delivery.route;

import java.util.ArrayList;
import java.util.List;
import org.postel.delivery.outcome.Failures;
import org.postel.delivery.outcome.RecipientOutcome;
import org.postel.delivery.outcome.Result;
import org.postel.delivery.route.Mailboxes.Copy;
import org.postel.delivery.route.Mailboxes.Stored;
import org.postel.queue.v1.QueuedMessage;

/** Delivers one message to all its mailboxes in one call. */
final class LocalDelivery {

    private static final String FULL = "The mailbox is full.";

    private final Mailboxes mailboxes;
    private final boolean fullBounces;

    /** @param fullBounces whether mail for a full mailbox bounces at once */
    LocalDelivery(Mailboxes mailboxes, boolean fullBounces) {
        this.mailboxes = mailboxes;
        this.fullBounces = fullBounces;
    }

    /**
     * @param alone the message has no other recipients: when none of these can be reached it may as well wait here
     * @param asked the directory was asked again because an account was not there: what is still not there waits for a retry tier,
     *     because mailbox-service remembers answers too
     * @throws AccountGoneException when an account is gone that the directory remembered; those that are there have the message
     */
    List<RecipientOutcome> deliver(QueuedMessage message, List<Destination.Local> to, boolean alone, boolean asked)
            throws StoreUnavailableException, AccountGoneException, InterruptedException {
        if (to.isEmpty()) {
            return List.of();
        }
        List<Copy> copies = to.stream().map(local -> new Copy(local.account(),
                TraceLines.of(message.getReversePath(), local.recipient().getAddress()), local.absence(), local.filing())).toList();
        List<Stored> stored = mailboxes.deliver(message, copies);
        if (alone && stored.stream().allMatch(Stored.TEMPORARY_FAILURE::equals)) {
            throw new StoreUnavailableException("no mailbox could be reached", null);
        }
        if (!asked && stored.contains(Stored.NO_SUCH_ACCOUNT)) {
            throw new AccountGoneException();
        }
        List<RecipientOutcome> outcomes = new ArrayList<>();
        for (int i = 0; i < to.size(); i++) {
            outcomes.add(new RecipientOutcome(to.get(i).recipient(), result(stored.get(i), to.get(i))));
        }
        return outcomes;
    }

    private static String filed(Filing filing) {
        return (filing.mailbox().isEmpty() ? "" : ", folder " + filing.mailbox()) + (filing.said().isEmpty() ? "" : ", " + filing.said());
    }

    private Result result(Stored stored, Destination.Local local) {
        return switch (stored) {
            case DELIVERED -> new Result.Delivered("mailbox of " + local.accountAddress() + filed(local.filing()));
            case IN_INBOX -> new Result.Delivered("mailbox of " + local.accountAddress() + filed(local.filing())
                    + "; it could not be put there and is in INBOX");
            // Only the directory says that there is nobody: it did not, and is older than the store.
            case NO_SUCH_ACCOUNT -> new Result.Deferred(Failures.storeUnavailable());
            // RFC 3463 §3.3 X.2.2: whoever is full may make room; the sender hears of it when the retries are used up, unless he is to hear at once.
            case OVER_QUOTA -> fullBounces ? new Result.Refused(Failures.of("5.2.2", FULL)) : new Result.Deferred(Failures.of("4.2.2", FULL));
            case TEMPORARY_FAILURE -> new Result.Deferred(Failures.storeUnavailable());
        };
    }
}
