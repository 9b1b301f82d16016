package org.postel.delivery.route;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;
import org.postel.delivery.outcome.Aftermath;
import org.postel.delivery.outcome.ContentGoneException;
import org.postel.delivery.outcome.Contents;
import org.postel.delivery.outcome.DurableQueue;
import org.postel.delivery.outcome.Failures;
import org.postel.delivery.outcome.RecipientOutcome;
import org.postel.delivery.outcome.Result;
import org.postel.delivery.outcome.Target;
import org.postel.delivery.outcome.Traces;
import org.postel.queue.v1.Failure;
import org.postel.queue.v1.QueuedMessage;
import org.postel.queue.v1.Recipient;

/** Stage one, for one message at a time; any number of threads. */
public final class Router {

    private static final Logger LOG = Logger.getLogger(Router.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(3);

    private final Directory directory;
    private final LocalDelivery local;
    private final Contents contents;
    private final OutgoingFields outgoing;
    private final DurableQueue queue;
    private final Aftermath aftermath;
    private final Traces traces;
    private final RouteLimits limits;
    private final BooleanSupplier stopping;

    /** @param stopping true when nobody should wait for a store any more */
    public Router(Directory directory, Mailboxes mailboxes, Contents contents, OutgoingFields outgoing, DurableQueue queue,
            Aftermath aftermath, Traces traces, RouteLimits limits, BooleanSupplier stopping) {
        this.directory = directory;
        this.local = new LocalDelivery(mailboxes);
        this.contents = contents;
        this.outgoing = outgoing;
        this.queue = queue;
        this.aftermath = aftermath;
        this.traces = traces;
        this.limits = limits;
        this.stopping = stopping;
    }

    /** Routes a message, perhaps not for the first time; when it returns, everything that follows is durable. */
    public void route(QueuedMessage message) throws InterruptedException {
        long end = System.nanoTime() + limits.patience().toNanos();
        Duration pause = FIRST_PAUSE;
        while (true) {
            try {
                attempt(message);
                return;
            } catch (StoreUnavailableException | IOException e) {
                if (e instanceof ContentGoneException) {
                    settleAll(message, new Result.Refused(Failures.of("5.3.0", "The content of the mail was lost.")));
                    return;
                }
                if (stopping.getAsBoolean() || System.nanoTime() - end > 0) {
                    LOG.warnf("the store does not answer: %s", e.getMessage());
                    settleAll(message, new Result.Deferred(Failures.storeUnavailable()));
                    return;
                }
            }
            // A restart of the store takes seconds: waiting here spares the message a whole retry tier.
            Thread.sleep(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    private void attempt(QueuedMessage message)
            throws StoreUnavailableException, IOException, InterruptedException {
        try {
            attempt(message, false);
        } catch (AccountGoneException e) {
            // Perhaps made anew under the same address: a remembered answer bounces no mail.
            directory.forget(message.getRecipientsList().stream().map(Recipient::getAddress).toList());
            try {
                attempt(message, true);
            } catch (AccountGoneException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }

    private void attempt(QueuedMessage message, boolean asked)
            throws StoreUnavailableException, AccountGoneException, IOException, InterruptedException {
        TraceHeader header = TraceHeader.of(contents.of(message).head(limits.maxHeader()));
        if (header.hops() > limits.maxHops()) {
            settleAll(message, new Result.Refused(Failures.loop("it passed " + header.hops() + " mail servers.")));
            return;
        }
        AliasExpansion.Expansion expansion = new AliasExpansion(directory, limits.maxAliasDepth(), limits.maxAddresses())
                .expand(message.getRecipientsList());
        List<RecipientOutcome> outcomes = new ArrayList<>();
        List<Destination.Local> locals = new ArrayList<>();
        Map<String, List<Recipient>> domains = new LinkedHashMap<>();
        for (Destination destination : expansion.destinations()) {
            switch (destination) {
                case Destination.Local mailbox when header.wasDeliveredTo(mailbox.recipient().getAddress()) ->
                    outcomes.add(refused(mailbox.recipient(), Failures.loop("it was delivered to this address before.")));
                case Destination.Local mailbox -> locals.add(mailbox);
                case Destination.Remote(Recipient recipient, String domain) ->
                    domains.computeIfAbsent(domain, absent -> new ArrayList<>()).add(recipient);
                case Destination.Nowhere(Recipient recipient, Failure failure) -> outcomes.add(refused(recipient, failure));
            }
        }
        // Deliver first: it is the part that can fail as a whole, and repeating it stores nothing twice.
        outcomes.addAll(local.deliver(message, locals, domains.isEmpty() && outcomes.isEmpty(), asked));
        handOn(outgoing(header, message, domains), domains);
        expansion.expanded().forEach(recipient -> outcomes.add(new RecipientOutcome(recipient, new Result.Expanded())));
        aftermath.settle(message, Target.LOCAL, outcomes);
    }

    private QueuedMessage outgoing(TraceHeader header, QueuedMessage message, Map<String, List<Recipient>> domains)
            throws IOException {
        if (domains.isEmpty()) {
            return message;
        }
        QueuedMessage.Builder sent = message.toBuilder().setOutgoingFields(outgoing.of(message));
        if (header.tlsNotRequired() && message.getTls() == QueuedMessage.Tls.AS_USUAL) {
            sent.setTls(QueuedMessage.Tls.NOT_REQUIRED);
        }
        return sent.build();
    }

    private void handOn(QueuedMessage message, Map<String, List<Recipient>> domains) throws StoreUnavailableException, InterruptedException {
        ForwardedSenders senders = ForwardedSenders.of(message, domains.values(), directory);
        for (Map.Entry<String, List<Recipient>> domain : domains.entrySet()) {
            for (Map.Entry<String, List<Recipient>> sent : senders.group(domain.getValue()).entrySet()) {
                QueuedMessage relayed = message.toBuilder().clearRecipients().addAllRecipients(sent.getValue())
                        .setReversePath(sent.getKey()).setRelayDomain(domain.getKey()).setAttempts(0).build();
                queue.relay(relayed);
                sent.getValue().forEach(recipient -> traces.step(relayed, "routed", recipient, "to be relayed"));
            }
        }
    }

    private void settleAll(QueuedMessage message, Result result) throws InterruptedException {
        aftermath.settle(message, Target.LOCAL,
                message.getRecipientsList().stream().map(recipient -> new RecipientOutcome(recipient, result)).toList());
    }

    private static RecipientOutcome refused(Recipient recipient, Failure failure) {
        return new RecipientOutcome(recipient, new Result.Refused(failure));
    }
}
