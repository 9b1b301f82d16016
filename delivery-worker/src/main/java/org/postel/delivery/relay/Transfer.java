package org.postel.delivery.relay;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.postel.delivery.outcome.Failures;
import org.postel.delivery.outcome.RecipientOutcome;
import org.postel.delivery.outcome.Result;
import org.postel.delivery.smtp.Answer;
import org.postel.delivery.smtp.ClientIdentity;
import org.postel.delivery.smtp.GreetingException;
import org.postel.delivery.smtp.Opening;
import org.postel.delivery.smtp.OutgoingMail;
import org.postel.delivery.smtp.OurselvesException;
import org.postel.delivery.smtp.ProtocolException;
import org.postel.delivery.smtp.SmtpSession;
import org.postel.delivery.smtp.TlsException;
import org.postel.delivery.smtp.TlsPolicy;
import org.postel.queue.v1.Failure;
import org.postel.queue.v1.Recipient;
import org.postel.tracing.Kind;
import org.postel.tracing.Span;

/**
 * Tries the servers of a domain in their order until one talks to us; what that one says counts. RFC 5321 §5.1: a server that
 * cannot be reached, or does not want to talk, leaves the word to the next. Of servers that are equally good one with a
 * connection that is open is used first, but never before a better one. A server that gets as much as it may is none that cannot be
 * reached: an equally good one may take the message, a worse one does not get it for that, and it waits.
 */
final class Transfer implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Transfer.class);

    private final RelaySettings settings;
    private final Servers servers;
    private final Destinations domains;
    private final IdleSessions idle;

    /** @param domains the places of the domains whose mail is sent */
    Transfer(RelaySettings settings, Servers servers, Destinations domains) {
        this.settings = settings;
        this.servers = servers;
        this.domains = domains;
        this.idle = servers.idle(settings.reuse());
    }

    /** @param domain of the recipients */
    Sent send(OutgoingMail mail, String domain, List<Recipient> recipients, List<Hop> hops, Opening opening) throws InterruptedException {
        SortedMap<Integer, List<Hop>> byPreference =
                hops.stream().collect(Collectors.groupingBy(Hop::preference, TreeMap::new, Collectors.toList()));
        try (Attempt attempt = new Attempt(mail, domain, recipients, settings.identities().of(mail.reversePath()), opening)) {
            for (List<Hop> equals : byPreference.values()) {
                Optional<List<RecipientOutcome>> outcomes = attempt.with(equals);
                if (outcomes.isEmpty() && attempt.getsAPlaceAfterAll()) {
                    outcomes = attempt.with(equals);
                }
                if (outcomes.isPresent()) {
                    return new Sent.Tried(outcomes.get());
                }
                if (attempt.busy.isPresent()) {
                    return attempt.notYet();
                }
            }
            return new Sent.Tried(attempt.failed());
        }
    }

    /** Sends it over a connection that is open, to whichever server. */
    Sent sendOverOpen(OutgoingMail mail, String domain, List<Recipient> recipients, List<Hop> hops, Opening opening) throws InterruptedException {
        try (Attempt attempt = new Attempt(mail, domain, recipients, settings.identities().of(mail.reversePath()), opening)) {
            Optional<List<RecipientOutcome>> outcomes = attempt.overOpenConnection(inOrder(hops));
            if (outcomes.isPresent()) {
                return new Sent.Tried(outcomes.get());
            }
            return attempt.busy.isPresent() ? attempt.notYet() : new Sent.NoConnection();
        }
    }

    /** Opens a connection for the next message, and waits as long as the time-outs say. */
    Probes.Finding open(Probes.Target target, List<Hop> hops) {
        OutgoingMail none = new OutgoingMail("", 0, OutgoingMail.Body.SEVEN_BIT, false, target.need() == TlsNeed.REQUIRED, settings.chunking(),
                OutgoingMail.Wishes.NONE, InputStream::nullInputStream);
        try (Attempt attempt = new Attempt(none, target.domain(), List.of(), target.us(), Opening.UNHURRIED)) {
            return attempt.opened(hops);
        }
    }

    /** Says goodbye where a connection is still open. */
    @Override
    public void close() {
        idle.close();
    }

    /** What a server answered: the results of all recipients, and of them those that say something of it, and those that do of the domain. */
    private record Talk(List<RecipientOutcome> outcomes, List<Result> ofServer, List<Result> ofDomain) {}

    /** One message, from server to server. */
    private final class Attempt implements AutoCloseable {
        private final OutgoingMail mail;
        private final String domain;
        private final List<Recipient> recipients;
        private final ClientIdentity us;
        private final Opening opening;
        private Result last = new Result.Deferred(Failures.of("4.4.1", "No mail server of the domain could be reached."));
        private boolean anyTemporary;
        private final Set<Hop> failed = new HashSet<>();
        /** At the server that is spoken to. */
        private Optional<Destinations.Place> place = Optional.empty();
        private String entered = "";
        /** For the rate of the domain, at the first server that it had a place at. */
        private boolean counted;
        /** The first of the servers that were passed over because they get as much as they may. */
        private Optional<Hop> busy = Optional.empty();

        private Attempt(OutgoingMail mail, String domain, List<Recipient> recipients, ClientIdentity us, Opening opening) {
            this.mail = mail;
            this.domain = domain;
            this.recipients = recipients;
            this.us = us;
            this.opening = opening;
        }

        /** Empty when none of them talks to us, or may be talked to now. */
        private Optional<List<RecipientOutcome>> with(List<Hop> equals) throws InterruptedException {
            Optional<List<RecipientOutcome>> outcomes = overOpenConnection(equals);
            return outcomes.isPresent() ? outcomes : overNewConnection(equals);
        }

        /** Waits for a server that was passed over. */
        private boolean getsAPlaceAfterAll() throws InterruptedException {
            Optional<Hop> awaited = busy;
            busy = Optional.empty();
            return awaited.isPresent() && enters(awaited.get(), settings.patience());
        }

        /** Whether there is a place at that server: the one it has, or another, for which that one is given back then. */
        private boolean enters(Hop hop, Duration patience) throws InterruptedException {
            if (place.isPresent() && entered.equals(hop.server())) {
                return true;
            }
            Optional<Destinations.Place> next;
            opening.stop();
            try {
                next = servers.enter(domain, hop, patience, counted);
            } finally {
                opening.goOn();
            }
            if (next.isEmpty()) {
                busy = busy.or(() -> Optional.of(hop));
                return false;
            }
            close();
            place = next;
            counted = true;
            entered = hop.server();
            return true;
        }

        private Sent notYet() {
            return new Sent.NotYet(busy.flatMap(servers::away));
        }

        @Override
        public void close() {
            place.ifPresent(Destinations.Place::close);
            place = Optional.empty();
        }

        /** Empty when there is none, or it proved worth nothing. */
        private Optional<List<RecipientOutcome>> overOpenConnection(List<Hop> hops) throws InterruptedException {
            for (Hop hop : hops) {
                if (opening.over()) {
                    return Optional.empty();
                }
                if (!idle.waits(hop, us) || !enters(hop, Duration.ZERO)) {
                    continue;
                }
                Optional<SmtpSession> session = idle.take(hop, us);
                if (session.isPresent() && mail.requireTls() && !session.get().keepsTls()) {
                    idle.giveBack(hop, us, session.get());
                } else if (session.isPresent()) {
                    return over(session.get(), hop, true);
                }
            }
            return Optional.empty();
        }

        private Probes.Finding opened(List<Hop> hops) {
            for (Hop hop : inOrder(hops)) {
                try {
                    SmtpSession session = open(hop);
                    boolean fit = !mail.requireTls() || session.keepsTls();
                    idle.giveBack(hop, us, session);
                    if (fit) {
                        return new Probes.Finding.Open(hop);
                    }
                    last = keepsNoTls(hop);
                } catch (IOException e) {
                    last = unreached(e, hop);
                }
                anyTemporary |= last instanceof Result.Deferred;
            }
            return new Probes.Finding.Failed(failure());
        }

        /** Empty when none of them talks to us. */
        private Optional<List<RecipientOutcome>> overNewConnection(List<Hop> hops) throws InterruptedException {
            for (Hop hop : hops) {
                if (opening.over()) {
                    return Optional.empty();
                }
                if (failed.contains(hop) || !enters(hop, Duration.ZERO)) {
                    continue;
                }
                servers.makeRoom(hop);
                try {
                    SmtpSession session = open(hop);
                    if (!mail.requireTls() || session.keepsTls()) {
                        return over(session, hop, false);
                    }
                    idle.giveBack(hop, us, session);
                    last = keepsNoTls(hop);
                } catch (IOException e) {
                    last = unreached(e, hop);
                    learn(List.of(last), hop);
                }
                failed.add(hop);
                anyTemporary |= last instanceof Result.Deferred;
                LOG.debugf("%s: %s", hop, last);
            }
            return Optional.empty();
        }

        private List<RecipientOutcome> failed() {
            // Perhaps not all were asked: nobody knows what the others say.
            anyTemporary |= opening.over();
            Result result = failure();
            return recipients.stream().map(recipient -> new RecipientOutcome(recipient, result)).toList();
        }

        private Result failure() {
            return anyTemporary && last instanceof Result.Refused refused ? softened(refused) : last;
        }

        /** @param another whether there may be another connection when this one is spent: then the answer is empty */
        private Optional<List<RecipientOutcome>> over(SmtpSession session, Hop hop, boolean another) {
            try {
                Talk talk = traced(session, hop);
                // Where it was an interrupt that broke the connection no other one is to be tried.
                if (another && session.spent() && !Thread.currentThread().isInterrupted()) {
                    // It says that this connection waited for too long, and nothing of others.
                    return Optional.empty();
                }
                learn(talk.ofServer(), hop);
                learnOfDomain(talk);
                return Optional.of(talk.outcomes());
            } finally {
                // From here on it may be somebody else's.
                idle.giveBack(hop, us, session);
            }
        }

        /** What a server says of its load or ours, or that it takes mail. */
        private void learn(List<Result> results, Hop hop) {
            if (results.stream().anyMatch(Replies::asksForLess)) {
                LOG.infof("%s asks for less, and gets fewer connections, or mail more slowly", hop.name());
                place.ifPresent(at -> at.narrow(results.stream().flatMap(result -> Replies.turnsAway(result).stream()).findFirst()));
            } else if (results.stream().anyMatch(Result.Relayed.class::isInstance)) {
                place.ifPresent(Destinations.Place::took);
            }
        }

        /** What is said of single recipients slows down their domain, and not the others that its server takes mail for. */
        private void learnOfDomain(Talk talk) {
            if (talk.ofDomain().stream().anyMatch(Replies::asksForLess)) {
                LOG.infof("%s asks for less, and gets fewer messages, or mail more slowly", domain);
                domains.narrow(domain);
            } else if (talk.ofServer().stream().anyMatch(Result.Relayed.class::isInstance)) {
                domains.took(domain);
            }
        }

        /** A handshake that fails is no reason to keep mail back that may go in clear: then the server is asked again without. */
        private SmtpSession open(Hop hop) throws IOException {
            try {
                return SmtpSession.open(hop.address(), hop.name(), us, hop.tls(), settings.timeouts(), opening);
            } catch (TlsException e) {
                if (hop.tls().mandatory() || opening.over()) {
                    throw e;
                }
                LOG.infof("%s: %s; sending in clear", hop, e.getMessage());
                return SmtpSession.open(hop.address(), hop.name(), us, TlsPolicy.OFF, settings.timeouts(), opening);
            }
        }

        private Talk traced(SmtpSession session, Hop hop) {
            try (Span span = Span.current().child(Kind.CLIENT, "SMTP", "relay"); Span.Scope _ = span.enter()) {
                Talk talk = talk(session, hop);
                span.put("server.address", hop.name()).put("postel.recipients", recipients.size());
                talk.outcomes().stream().map(RecipientOutcome::result).filter(result -> !(result instanceof Result.Relayed)).findFirst()
                        .ifPresent(result -> span.failed(result.getClass().getSimpleName()));
                return talk;
            }
        }

        private Talk talk(SmtpSession session, Hop hop) {
            List<Answer> answers = new ArrayList<>();
            Optional<Result> broken = Optional.empty();
            opening.talks();
            try {
                session.send(mail, recipients.stream().map(Addressee::of).toList(), answers, opening);
            } catch (IOException e) {
                // Those that are answered are; the others must be tried again, even if the server has the mail and could not say so.
                broken = Optional.of(new Result.Deferred(Failure.newBuilder().setStatus("4.4.2").setRemoteHost(hop.name())
                        .setExplanation("The connection to " + hop.name() + " broke: " + e.getMessage()).build()));
            }
            Talk talk = new Talk(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            for (int i = 0; i < recipients.size(); i++) {
                Result result = i < answers.size() ? Replies.result(answers.get(i), hop, session.tlsSecurity()) : broken.orElseThrow();
                talk.outcomes().add(new RecipientOutcome(recipients.get(i), result));
                (i < answers.size() && Replies.ofDomain(answers.get(i)) ? talk.ofDomain() : talk.ofServer()).add(result);
            }
            return talk;
        }

        private Result unreached(IOException failure, Hop hop) {
            return switch (failure) {
                case GreetingException e -> Replies.refusal(e.reply(), hop);
                case OurselvesException e -> new Result.Refused(Failures.loop("the mail server of the domain is this one."));
                // RFC 8689 §4.2.1: whoever requires TLS is told at once that there is none.
                case TlsException e when mail.requireTls() && !e.connectionBroke() -> new Result.Refused(Failures.of("5.7.10", "The mail is to go over secured"
                        + " connections only, and there is none to " + hop.name() + ", the recipient's mail server: " + e.getMessage()));
                case TlsException e -> unreachable("4.7.5", "no encrypted connection: " + e.getMessage(), hop);
                case ProtocolException e -> unreachable("4.5.0", "it does not speak SMTP: " + e.getMessage(), hop);
                default -> unreachable("4.4.1", String.valueOf(failure.getMessage()), hop);
            };
        }
    }

    private static List<Hop> inOrder(List<Hop> hops) {
        return hops.stream().sorted(Comparator.comparingInt(Hop::preference)).toList();
    }

    private static Result unreachable(String status, String why, Hop hop) {
        return new Result.Deferred(Failure.newBuilder().setStatus(status).setRemoteHost(hop.name())
                .setExplanation("The mail server " + hop.name() + " could not be reached: " + why).build());
    }

    /** RFC 8689 §4.2.1: another server of the domain may. */
    private static Result keepsNoTls(Hop hop) {
        return new Result.Refused(Failures.of("5.7.30", "The mail is to go over secured connections only, and " + hop.name()
                + ", the recipient's mail server, does not promise that: it lacks REQUIRETLS."));
    }

    /** One server said never, another could not be asked: it may still say yes. */
    private static Result softened(Result.Refused refused) {
        return new Result.Deferred(refused.failure().toBuilder().setStatus("4.4.1").build());
    }
}
