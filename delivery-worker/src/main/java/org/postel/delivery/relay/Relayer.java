package org.postel.delivery.relay;

import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.postel.delivery.outcome.Aftermath;
import org.postel.delivery.outcome.Contents;
import org.postel.delivery.outcome.DurableQueue;
import org.postel.delivery.outcome.MessageContent;
import org.postel.delivery.outcome.RecipientOutcome;
import org.postel.delivery.outcome.Result;
import org.postel.delivery.outcome.Target;
import org.postel.delivery.smtp.OutgoingMail;
import org.postel.queue.v1.QueuedMessage;
import org.postel.queue.v1.Recipient;

/** Stage two, for one message at a time; any number of threads. */
public final class Relayer implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Relayer.class);

    private final NextHops nextHops;
    private final Contents contents;
    private final DurableQueue queue;
    private final Aftermath aftermath;
    private final RelaySettings settings;
    private final Destinations destinations;
    private final Transfer transfer;
    private final Existence existence;

    /** Of one worker. */
    public Relayer(NextHops nextHops, Suppressions suppressions, Contents contents, DurableQueue queue, Aftermath aftermath,
            RelaySettings settings) {
        this.nextHops = nextHops;
        this.contents = contents;
        this.queue = queue;
        this.aftermath = aftermath;
        this.settings = settings;
        this.destinations = new Destinations(settings.perDestination(), settings.recovery());
        this.existence = new Existence(suppressions);
        this.transfer = new Transfer(settings);
    }

    /** Relays a message; when it returns, everything that follows is durable. */
    public void relay(QueuedMessage message) throws InterruptedException {
        Optional<Destinations.Place> place = destinations.enter(message.getRelayDomain(), settings.patience());
        if (place.isEmpty()) {
            // A slow destination must not hold up the others; parked, it costs neither an attempt nor a delivery count.
            LOG.debugf("parked: %s has its share of connections", message.getRelayDomain());
            queue.retry(message, settings.parking());
            return;
        }
        List<RecipientOutcome> outcomes;
        try (Destinations.Place taken = place.get()) {
            outcomes = attempt(message);
            if (outcomes.stream().map(RecipientOutcome::result).anyMatch(Replies::asksForLess)) {
                LOG.infof("%s asks for less, and gets fewer connections", message.getRelayDomain());
                taken.narrow();
            }
        }
        aftermath.settle(message, Target.REMOTE, outcomes);
    }

    /** Says goodbye to the servers. */
    @Override
    public void close() {
        transfer.close();
    }

    private List<RecipientOutcome> attempt(QueuedMessage message) throws InterruptedException {
        return switch (nextHops.of(message.getRelayDomain(), TlsNeed.of(message))) {
            case NextHops.Found.Servers(List<Hop> hops) -> existence.checked(message, tried -> transfer.send(mail(message), tried, hops));
            case NextHops.Found.None none -> message.getRecipientsList().stream().map(recipient -> nowhere(recipient, none)).toList();
        };
    }

    private static RecipientOutcome nowhere(Recipient recipient, NextHops.Found.None none) {
        return new RecipientOutcome(recipient,
                none.permanent() ? new Result.Refused(none.failure()) : new Result.Deferred(none.failure()));
    }

    private OutgoingMail mail(QueuedMessage message) {
        MessageContent content = OutgoingContent.of(message, contents.of(message));
        return new OutgoingMail(Addressee.plainDomain(message.getReversePath()), content.size(), body(message), message.getSmtputf8(),
                TlsNeed.of(message) == TlsNeed.REQUIRED,
                new OutgoingMail.Wishes(message.getReturnContent(), message.getEnvelopeId()), content::open);
    }

    private static OutgoingMail.Body body(QueuedMessage message) {
        return switch (message.getBody()) {
            case SEVEN_BIT -> OutgoingMail.Body.SEVEN_BIT;
            case EIGHT_BIT_MIME -> OutgoingMail.Body.EIGHT_BIT;
            // What a newer release says and we do not know may be anything.
            case BINARY_MIME, UNRECOGNIZED -> OutgoingMail.Body.BINARY;
        };
    }
}
