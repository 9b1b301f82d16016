package org.postel.delivery.relay;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.postel.delivery.outcome.Aftermath;
import org.postel.delivery.outcome.Contents;
import org.postel.delivery.outcome.DurableQueue;
import org.postel.delivery.outcome.Failures;
import org.postel.delivery.outcome.MessageContent;
import org.postel.delivery.outcome.RecipientOutcome;
import org.postel.delivery.outcome.Result;
import org.postel.delivery.outcome.Target;
import org.postel.delivery.outcome.Traces;
import org.postel.delivery.smtp.Opening;
import org.postel.delivery.smtp.OutgoingMail;
import org.postel.queue.v1.Failure;
import org.postel.queue.v1.QueuedMessage;
import org.postel.queue.v1.Recipient;
import org.postel.queue.v1.Stage;

/** Stage two, for one message at a time; any number of threads. */
public final class Relayer implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Relayer.class);

    private final HurriedHops nextHops;
    private final Contents contents;
    private final DurableQueue queue;
    private final Aftermath aftermath;
    private final Traces traces;
    private final RelaySettings settings;
    private final Destinations destinations;
    private final Transfer transfer;
    private final Existence existence;
    private final Lanes lanes;
    private final Probes probes;

    /** Of a worker with one kind of lanes: as many connections go to a server as to a domain. */
    public Relayer(NextHops nextHops, Suppressions suppressions, Contents contents, DurableQueue queue, Aftermath aftermath,
            Traces traces, RelaySettings settings, Lanes lanes) {
        this(nextHops, suppressions, contents, queue, aftermath, traces, settings,
                new Servers(settings.perDestination(), settings.recovery(), Rates.unlimited()), lanes);
    }

    /** Of one worker and kind of lanes; the servers are those of all its lanes. */
    public Relayer(NextHops nextHops, Suppressions suppressions, Contents contents, DurableQueue queue, Aftermath aftermath,
            Traces traces, RelaySettings settings, Servers servers, Lanes lanes) {
        this.nextHops = new HurriedHops(nextHops);
        this.contents = contents;
        this.queue = queue;
        this.aftermath = aftermath;
        this.traces = traces;
        this.lanes = lanes;
        this.probes = new Probes(lanes.findings(), this::probe);
        this.settings = settings;
        this.destinations = new Destinations(settings.perDestination(), settings.recovery());
        this.existence = new Existence(suppressions);
        this.transfer = new Transfer(settings, servers, destinations);
    }

    /** Relays a message; when it returns, everything that follows is durable. */
    public void relay(QueuedMessage message) throws InterruptedException {
        String domain = message.getRelayDomain();
        if (lanes.leftBy(domain)) {
            leave(message);
            return;
        }
        if (lanes.probes(domain)) {
            relayProbed(message);
        } else {
            relay(message, (mail, tried, hops, opening) -> transfer.send(mail, domain, tried, hops, opening), false);
        }
    }

    /** How a message goes to its servers. */
    private interface Way {
        Sent send(OutgoingMail mail, List<Recipient> tried, List<Hop> hops, Opening opening) throws InterruptedException;
    }

    /** Its destination may be being asked whether it talks to us, or not have done so: then there is nothing to do now. */
    private void relayProbed(QueuedMessage message) throws InterruptedException {
        Probes.Target target = new Probes.Target(message.getRelayDomain(),
                settings.identities().of(Addressee.plainDomain(message.getReversePath())), TlsNeed.of(message));
        switch (probes.of(target)) {
            case Probes.Finding.Open(Hop reached) -> relay(message, overOpenConnection(target, reached), true);
            case Probes.Finding.Failed(Result result) ->
                aftermath.settle(onItsWay(message), Target.REMOTE,
                        message.getRecipientsList().stream().map(recipient -> new RecipientOutcome(recipient, result)).toList());
            case Probes.Finding.Waiting waiting -> park(message);
            case Probes.Finding.Nothing nothing -> {
                probes.begin(target);
                park(message);
            }
        }
    }

    /** A server that hangs up before the mail comes, each time, gets a connection from the lane: it alone, for it is known to talk. */
    private Way overOpenConnection(Probes.Target target, Hop reached) {
        return (mail, tried, hops, opening) -> {
            Sent sent = transfer.sendOverOpen(mail, target.domain(), tried, hops, opening);
            if (sent instanceof Sent.Tried) {
                probes.used(target);
            } else if (sent instanceof Sent.NoConnection && probes.lost(target) && hops.contains(reached)) {
                return transfer.send(mail, target.domain(), tried, List.of(reached), opening);
            }
            return sent;
        };
    }

    private void relay(QueuedMessage message, Way way, boolean probed) throws InterruptedException {
        String domain = message.getRelayDomain();
        Optional<Destinations.Place> place = destinations.enter(domain, settings.patience());
        if (place.isEmpty()) {
            // A busy destination must not hold up the others.
            LOG.debugf("parked: %s has its share of connections", domain);
            park(message);
            return;
        }
        Existence.Known known;
        Tried tried;
        try (Destinations.Place taken = place.get()) {
            known = existence.of(message);
            tried = known.others().isEmpty() ? Tried.NOBODY : attempt(message, known.others(), way, probed);
            taken.away(tried.sent() instanceof Sent.NotYet(Optional<Failure> away) ? away : Optional.empty());
        }
        switch (tried.sent()) {
            case Sent.Tried(List<RecipientOutcome> outcomes) -> settle(message, known, outcomes, tried.ranOut());
            case Sent.NotYet(Optional<Failure> away) -> {
                LOG.debugf("parked: the server of %s gets as much as it may", domain);
                park(message, away);
            }
            case Sent.NoConnection none -> {
                LOG.debugf("parked: no connection to %s is open any more", domain);
                park(message);
            }
        }
    }

    private void settle(QueuedMessage message, Existence.Known known, List<RecipientOutcome> tried, boolean ranOut) throws InterruptedException {
        // Those that are decided must not get it again: what became of them is kept before the interrupt ends anything, so it is over here.
        if (Thread.interrupted() && tried.stream().allMatch(outcome -> outcome.result() instanceof Result.Deferred)) {
            throw new InterruptedException("it was this worker that ended the connection, which says nothing of the destination");
        }
        existence.learn(tried);
        List<RecipientOutcome> outcomes = Stream.concat(known.refused().stream(), tried.stream()).toList();
        if (ranOut) {
            leaveUndecided(message, outcomes);
        } else {
            aftermath.settle(onItsWay(message), Target.REMOTE, outcomes);
        }
    }

    /** What came of an attempt. */
    private record Tried(Sent sent, boolean ranOut) {
        private static final Tried NOBODY = new Tried(new Sent.Tried(List.of()), false);
    }

    /** Its time is the destination's: what our own store is asked for is asked before, after or aside. */
    private Tried attempt(QueuedMessage message, List<Recipient> recipients, Way way, boolean probed) throws InterruptedException {
        try (Openings.Hurry hurry = lanes.begin(probed)) {
            Sent sent = attempt(message, recipients, way, hurry);
            lanes.learn(message.getRelayDomain(), hurry, size(message), sent instanceof Sent.Tried(List<RecipientOutcome> outcomes) ? outcomes : List.of());
            return new Tried(sent, hurry.ranOut());
        }
    }

    /** Time ran out. It was no attempt for those of whom nothing is known; for the others it was, and they must not get it again. */
    private void leaveUndecided(QueuedMessage message, List<RecipientOutcome> outcomes) throws InterruptedException {
        LOG.infof("%s keeps others waiting: its mail goes on in the slow lanes", message.getRelayDomain());
        List<RecipientOutcome> decided = outcomes.stream().filter(outcome -> !(outcome.result() instanceof Result.Deferred)).toList();
        if (!decided.isEmpty()) {
            aftermath.settle(message, Target.REMOTE, decided);
        }
        Set<Recipient> done = decided.stream().map(RecipientOutcome::recipient).collect(Collectors.toSet());
        List<Recipient> others = message.getRecipientsList().stream().filter(recipient -> !done.contains(recipient)).toList();
        if (!others.isEmpty()) {
            leave(message.toBuilder().clearRecipients().addAllRecipients(others).build());
        }
    }

    private Probes.Finding probe(Probes.Target target) {
        long begun = System.nanoTime();
        Probes.Finding finding;
        try {
            finding = switch (nextHops.of(target.domain(), target.need(), Opening.UNHURRIED).orElseThrow()) {
                case NextHops.Found.Servers(List<Hop> hops) -> transfer.open(target, hops);
                case NextHops.Found.None none -> new Probes.Finding.Failed(result(none));
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            finding = new Probes.Finding.Failed(new Result.Deferred(Failures.of("4.3.2", "The mail server that asked was stopped.")));
        }
        lanes.probed(target.domain(), Duration.ofNanos(System.nanoTime() - begun));
        return finding;
    }

    /** Lets a message wait in the parking tier: costs neither an attempt nor a delivery count. What turned away a connection is said of all mail that waits for one. */
    public void park(QueuedMessage message) throws InterruptedException {
        park(message, destinations.away(message.getRelayDomain()));
    }

    private void park(QueuedMessage message, Optional<Failure> away) throws InterruptedException {
        aftermath.postpone(onItsWay(message), away, settings.parking());
    }

    private void leave(QueuedMessage message) throws InterruptedException {
        queue.relaySlowly(message);
        if (message.getStage() != Stage.RELAY_SLOWLY) {
            message.getRecipientsList().forEach(recipient ->
                    traces.step(message, "slow", recipient, "the domain's servers keep others waiting: tried apart from them"));
        }
    }

    private QueuedMessage onItsWay(QueuedMessage message) {
        return message.toBuilder().setStage(lanes.next(message.getRelayDomain())).build();
    }

    /** Says goodbye to the servers. */
    @Override
    public void close() {
        probes.close();
        transfer.close();
    }

    /** Of nobody when it ran out of time before it was known where to go. */
    private Sent attempt(QueuedMessage message, List<Recipient> recipients, Way way, Openings.Hurry hurry)
            throws InterruptedException {
        Optional<NextHops.Found> found = nextHops.of(message.getRelayDomain(), TlsNeed.of(message), hurry);
        return found.isEmpty() ? new Sent.Tried(List.of()) : switch (found.get()) {
            case NextHops.Found.Servers(List<Hop> hops) -> way.send(mail(message, hurry), recipients, hops, hurry);
            case NextHops.Found.None none -> new Sent.Tried(recipients.stream().map(recipient -> nowhere(recipient, none)).toList());
        };
    }

    private static long size(QueuedMessage message) {
        return message.hasClaimedSize() ? message.getClaimedSize() : message.getInline().size();
    }

    private static RecipientOutcome nowhere(Recipient recipient, NextHops.Found.None none) {
        return new RecipientOutcome(recipient, result(none));
    }

    private static Result result(NextHops.Found.None none) {
        return none.permanent() ? new Result.Refused(none.failure()) : new Result.Deferred(none.failure());
    }

    private OutgoingMail mail(QueuedMessage message, Openings.Hurry hurry) {
        MessageContent content = OutgoingContent.of(message, contents.of(message));
        return new OutgoingMail(Addressee.plainDomain(message.getReversePath()), content.size(), body(message), message.getSmtputf8(),
                TlsNeed.of(message) == TlsNeed.REQUIRED, settings.chunking(),
                new OutgoingMail.Wishes(message.getReturnContent(), message.getEnvelopeId()), () -> StoreTime.open(content, hurry));
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
