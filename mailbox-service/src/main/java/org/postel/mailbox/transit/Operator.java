package org.postel.mailbox.transit;

import com.google.protobuf.ByteString;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.postel.mail.QueueId;
import org.postel.mailbox.transit.QueueException.Fault;
import org.postel.queue.QueueUnavailableException;
import org.postel.queue.Topics;
import org.postel.queue.v1.Order;
import org.postel.queue.v1.Order.Action;
import org.postel.queue.v1.QueueEntry;

/**
 * What an operator may order about queued mail. An order is a record that every worker reads: it is carried out when the message
 * is next taken in hand, and what waits in a retry tier, where the index says, is taken in hand at once.
 */
public final class Operator {

    private static final Logger LOG = Logger.getLogger(Operator.class);

    private final QueueIndex index;
    private final RestingMail resting;
    private final LetGo letGo;
    private final QueueAccess queue;
    private final Clock clock;

    /**
     * What an order about many messages led to.
     *
     * @param messages it is about
     * @param more     there are others that it is not about
     */
    public record Ordered(int messages, boolean more) {}

    Operator(QueueIndex index, RestingMail resting, LetGo letGo, QueueAccess queue, Clock clock) {
        this.index = index;
        this.resting = resting;
        this.letGo = letGo;
        this.queue = queue;
        this.clock = clock;
    }

    /** Tries it at once. What is to be held, bounced or deleted is so all the same. */
    public void retry(QueueId message) throws QueueException, QueueUnavailableException, InterruptedException {
        give(message, Action.RETRY, waiting(message));
    }

    /**
     * Tries at once what waits for a domain, as {@link #retry} does.
     *
     * @param most entries that are looked at, oldest first
     */
    public Ordered retryDomain(String domain, int most) throws QueueUnavailableException, InterruptedException {
        List<Queued> queued = index.list(new QueueFilter(Optional.of(domain), Optional.empty()), Optional.empty(), most).entries();
        Map<QueueId, List<QueueEntry>> messages = new LinkedHashMap<>();
        queued.stream().filter(one -> one.entry().hasPlace())
                .forEach(one -> messages.computeIfAbsent(one.message(), absent -> new ArrayList<>()).add(one.entry()));
        queue.producer().order(messages.entrySet().stream().map(message -> order(message.getKey(), Action.RETRY, message.getValue())).toList());
        LOG.infof("ordered about %d messages for %s: %s", messages.size(), domain, Action.RETRY);
        return new Ordered(messages.size(), queued.size() == most);
    }

    /** Puts it aside, when it is next in hand. */
    public void hold(QueueId message) throws QueueException, QueueUnavailableException, InterruptedException {
        give(message, Action.HOLD, waiting(message));
    }

    /** Lets what is held, or is to be held, go on, with the whole time to deliver it. */
    public void release(QueueId message) throws QueueException, QueueUnavailableException, InterruptedException {
        List<RestingMail.Record> held = resting.of(Topics.HELD, message);
        give(message, Action.RELEASE, held.isEmpty() ? waiting(message) : index.of(message));
        letGo.all(held, "released", true);
    }

    /** Gives it up and tells its sender. */
    public void bounce(QueueId message) throws QueueException, QueueUnavailableException, InterruptedException {
        List<RestingMail.Record> held = resting.of(Topics.HELD, message);
        List<RestingMail.Record> dead = resting.of(Topics.DEAD, message);
        give(message, Action.BOUNCE, held.isEmpty() && dead.isEmpty() ? waiting(message) : index.of(message));
        letGo.all(held, "to be bounced", false);
        letGo.all(dead, "to be bounced", false);
    }

    /** Gives it up without a word. */
    public void delete(QueueId message) throws QueueException, QueueUnavailableException, InterruptedException {
        List<RestingMail.Record> held = resting.of(Topics.HELD, message);
        List<RestingMail.Record> dead = resting.of(Topics.DEAD, message);
        give(message, Action.DELETE, held.isEmpty() && dead.isEmpty() ? waiting(message) : index.of(message));
        letGo.never(held);
        letGo.never(dead);
    }

    /**
     * Gives dead letters of a message to the workers once more, with the whole time to deliver them.
     *
     * @return how many
     */
    public int replay(QueueId message) throws QueueException, QueueUnavailableException, InterruptedException {
        List<RestingMail.Record> dead = resting.of(Topics.DEAD, message);
        if (dead.isEmpty()) {
            throw new QueueException(Fault.UNKNOWN, "there is no dead letter " + message);
        }
        return letGo.all(dead, "replayed", true);
    }

    private List<QueueEntry> waiting(QueueId message) throws QueueException {
        List<QueueEntry> waiting = index.of(message);
        if (!waiting.isEmpty()) {
            return waiting;
        }
        if (!resting.of(Topics.HELD, message).isEmpty()) {
            throw new QueueException(Fault.NOT_NOW, message + " is held: release it first");
        }
        if (!resting.of(Topics.DEAD, message).isEmpty()) {
            throw new QueueException(Fault.NOT_NOW, message + " is a dead letter: replay it");
        }
        throw new QueueException(Fault.UNKNOWN, "nothing of " + message + " is queued; its trace says where it went");
    }

    private void give(QueueId message, Action action, List<QueueEntry> waiting) throws QueueUnavailableException, InterruptedException {
        queue.producer().order(List.of(order(message, action, waiting)));
        LOG.infof("ordered about %s: %s", message, action);
    }

    private Order order(QueueId message, Action action, List<QueueEntry> waiting) {
        Order.Builder order = Order.newBuilder().setQueueId(ByteString.copyFrom(message.toBytes())).setAction(action).setAt(clock.millis());
        waiting.stream().filter(QueueEntry::hasPlace).map(QueueEntry::getPlace).distinct().forEach(order::addPlaces);
        return order.build();
    }
}
