package org.postel.delivery.route;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
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

    private final Directory directory;
    private final Rules rules;
    private final LocalDelivery local;
    private final Contents contents;
    private final OutgoingFields outgoing;
    private final DurableQueue queue;
    private final Aftermath aftermath;
    private final Traces traces;
    private final RouteLimits limits;
    private final BooleanSupplier stopping;

    /** @param stopping true when nobody should wait for a store any more */
    public Router(Directory directory, Rules rules, Mailboxes mailboxes, Contents contents, OutgoingFields outgoing, DurableQueue queue,
            Aftermath aftermath, Traces traces, RouteLimits limits, BooleanSupplier stopping) {
        this.directory = directory;
        this.rules = rules;
        this.local = new LocalDelivery(mailboxes, limits.fullBounces());
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
        Patience patience = new Patience(limits.patience(), stopping);
        Optional<Routed> routed = Optional.empty();
        while (true) {
            try {
                if (routed.isEmpty()) {
                    routed = Optional.of(attempt(message));
                }
                // Signing asks mailbox-service too; what was delivered here does not wait for it again.
                handOn(outgoing(message, routed.get()), routed.get().domains());
                aftermath.settle(message, Target.LOCAL, routed.get().outcomes());
                return;
            } catch (StoreUnavailableException | IOException e) {
                Optional<Result> failure = e instanceof ContentGoneException
                        ? Optional.of(new Result.Refused(Failures.of("5.3.0", "The content of the mail was lost.")))
                        : patience.again() ? Optional.empty() : Optional.of(new Result.Deferred(Failures.storeUnavailable()));
                if (failure.isPresent()) {
                    LOG.warnf("the store does not answer: %s", e.getMessage());
                    aftermath.settle(message, Target.LOCAL, routed.isEmpty() ? all(message, failure.get()) : routed.get().failedElsewhere(failure.get()));
                    return;
                }
            }
        }
    }

    /**
     * What became of the recipients whose mail stays here.
     *
     * @param outcomes theirs
     * @param domains the other recipients, who are still to be handed on
     */
    private record Routed(TraceHeader header, List<RecipientOutcome> outcomes, Map<String, List<Recipient>> domains) {

        private List<RecipientOutcome> failedElsewhere(Result failure) {
            return Stream.concat(outcomes.stream(), domains.values().stream().flatMap(List::stream)
                    .map(recipient -> new RecipientOutcome(recipient, failure))).toList();
        }
    }

    private Routed attempt(QueuedMessage message)
            throws StoreUnavailableException, IOException, InterruptedException {
        try {
            return attempt(message, false);
        } catch (AccountGoneException e) {
            // Perhaps made anew under the same address: a remembered answer bounces no mail.
            directory.forget(message.getRecipientsList().stream().map(Recipient::getAddress).toList());
            try {
                return attempt(message, true);
            } catch (AccountGoneException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }

    private Routed attempt(QueuedMessage message, boolean asked)
            throws StoreUnavailableException, AccountGoneException, IOException, InterruptedException {
        byte[] head = contents.of(message).head(limits.maxHeader());
        TraceHeader header = TraceHeader.of(head);
        if (header.hops() > limits.maxHops()) {
            return new Routed(header, all(message, new Result.Refused(Failures.loop("it passed " + header.hops() + " mail servers."))), Map.of());
        }
        AliasExpansion.Expansion expansion = new AliasExpansion(directory, accounts -> rules.of(message, head, accounts), message,
                header::wasDeliveredTo, limits.maxAliasDepth(), limits.maxAddresses()).expand();
        List<RecipientOutcome> outcomes = new ArrayList<>();
        List<Destination.Local> locals = new ArrayList<>();
        Map<String, List<Recipient>> domains = new LinkedHashMap<>();
        for (Destination destination : expansion.destinations()) {
            switch (destination) {
                case Destination.Local mailbox when header.wasDeliveredTo(mailbox.recipient().getAddress()) ->
                    outcomes.add(refused(mailbox.recipient(), Failures.loop("it was delivered to this address before.")));
                case Destination.Local mailbox -> locals.add(mailbox);
                case Destination.Discarded(Recipient recipient, ByteString _, String said) ->
                    outcomes.add(new RecipientOutcome(recipient, new Result.Discarded(said)));
                case Destination.Remote(Recipient recipient, String domain) ->
                    domains.computeIfAbsent(domain, absent -> new ArrayList<>()).add(recipient);
                case Destination.Nowhere(Recipient recipient, Failure failure) -> outcomes.add(refused(recipient, failure));
            }
        }
        // Deliver first: it is the part that can fail as a whole, and repeating it stores nothing twice.
        outcomes.addAll(local.deliver(message, locals, domains.isEmpty() && outcomes.isEmpty(), asked));
        expansion.expanded().forEach(recipient -> outcomes.add(new RecipientOutcome(recipient, new Result.Expanded())));
        return new Routed(header, outcomes, domains);
    }

    private QueuedMessage outgoing(QueuedMessage message, Routed routed) throws IOException {
        if (routed.domains().isEmpty()) {
            return message;
        }
        QueuedMessage.Builder sent = message.toBuilder().setOutgoingFields(outgoing.of(message));
        if (routed.header().tlsNotRequired() && message.getTls() == QueuedMessage.Tls.AS_USUAL) {
            sent.setTls(QueuedMessage.Tls.NOT_REQUIRED);
        }
        return sent.build();
    }

    private void handOn(QueuedMessage message, Map<String, List<Recipient>> domains) throws StoreUnavailableException, InterruptedException {
        ForwardedSenders senders = ForwardedSenders.of(message, domains.values(), directory);
        for (Map.Entry<String, List<Recipient>> domain : domains.entrySet()) {
            for (Map.Entry<ForwardedSenders.Forward, List<Recipient>> sent : senders.group(domain.getValue()).entrySet()) {
                QueuedMessage relayed = message.toBuilder().clearRecipients().addAllRecipients(sent.getValue())
                        .setOutgoingFields(sent.getKey().fields() + message.getOutgoingFields())
                        .setReversePath(sent.getKey().reversePath()).setRelayDomain(domain.getKey()).setAttempts(0).build();
                queue.relay(relayed);
                sent.getValue().forEach(recipient -> traces.step(relayed, "routed", recipient, "to be relayed"));
            }
        }
    }

    private static List<RecipientOutcome> all(QueuedMessage message, Result result) {
        return message.getRecipientsList().stream().map(recipient -> new RecipientOutcome(recipient, result)).toList();
    }

    private static RecipientOutcome refused(Recipient recipient, Failure failure) {
        return new RecipientOutcome(recipient, new Result.Refused(failure));
    }
}
