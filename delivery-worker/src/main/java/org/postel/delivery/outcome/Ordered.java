package org.postel.delivery.outcome;

import java.util.Optional;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.postel.queue.v1.Order;
import org.postel.queue.v1.QueuedMessage;
import org.postel.queue.v1.Recipient;

/** Does with a message in hand what an operator ordered, instead of the stage's work. */
public final class Ordered {

    private static final Logger LOG = Logger.getLogger(Ordered.class);

    private final Function<QueuedMessage, Optional<Order>> orders;
    private final DurableQueue queue;
    private final Aftermath aftermath;
    private final Traces traces;

    /** @param orders what stands about a message */
    public Ordered(Function<QueuedMessage, Optional<Order>> orders, DurableQueue queue, Aftermath aftermath, Traces traces) {
        this.orders = orders;
        this.queue = queue;
        this.aftermath = aftermath;
        this.traces = traces;
    }

    /**
     * Carries out what stands about the message.
     *
     * @return whether the record may leave the queue; else nothing was ordered, and the message goes its way
     */
    public boolean carriedOut(QueuedMessage message, Target target) throws InterruptedException {
        Optional<Order> order = orders.apply(message);
        return order.isPresent() && carriedOut(message, target, order.get().getAction());
    }

    private boolean carriedOut(QueuedMessage message, Target target, Order.Action action) throws InterruptedException {
        return switch (action) {
            case HOLD -> {
                queue.hold(message);
                tell(message, "held");
                yield true;
            }
            case BOUNCE -> {
                Result refused = new Result.Refused(Failures.of("5.0.0", "An administrator of the mail system gave this mail up."));
                aftermath.settle(message, target, message.getRecipientsList().stream().map(recipient -> new RecipientOutcome(recipient, refused)).toList());
                yield true;
            }
            case DELETE -> {
                tell(message, "deleted");
                yield true;
            }
            case RETRY, RELEASE, MOVED, ACTION_UNSPECIFIED, UNRECOGNIZED -> false;
        };
    }

    private void tell(QueuedMessage message, String step) {
        for (Recipient recipient : message.getRecipientsList()) {
            LOG.infof("%s for %s, as an operator ordered", step, recipient.getAddress());
            traces.step(message, step, recipient, "as an operator ordered");
        }
    }
}
