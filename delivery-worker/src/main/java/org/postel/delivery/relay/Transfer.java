package org.postel.delivery.relay;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
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
 * connection that is open is used first, but never before a better one.
 */
final class Transfer implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Transfer.class);

    private final RelaySettings settings;
    private final IdleSessions idle;

    Transfer(RelaySettings settings) {
        this.settings = settings;
        this.idle = new IdleSessions(settings.reuse());
    }

    List<RecipientOutcome> send(OutgoingMail mail, List<Recipient> recipients, List<Hop> hops, Opening opening) {
        Attempt attempt = new Attempt(mail, recipients, settings.identities().of(mail.reversePath()), opening);
        SortedMap<Integer, List<Hop>> byPreference =
                hops.stream().collect(Collectors.groupingBy(Hop::preference, TreeMap::new, Collectors.toList()));
        for (List<Hop> equals : byPreference.values()) {
            Optional<List<RecipientOutcome>> outcomes = attempt.overOpenConnection(equals).or(() -> attempt.overNewConnection(equals));
            if (outcomes.isPresent()) {
                return outcomes.get();
            }
        }
        return attempt.failed();
    }

    /** Sends it over a connection that is open, to whichever server; empty when there is none, or it proved worth nothing. */
    Optional<List<RecipientOutcome>> sendOverOpen(OutgoingMail mail, List<Recipient> recipients, List<Hop> hops, Opening opening) {
        return new Attempt(mail, recipients, settings.identities().of(mail.reversePath()), opening).overOpenConnection(inOrder(hops));
    }

    /** Opens a connection for the next message, and waits as long as the time-outs say. */
    Probes.Finding open(Probes.Target target, List<Hop> hops) {
        OutgoingMail none = new OutgoingMail("", 0, OutgoingMail.Body.SEVEN_BIT, false, target.need() == TlsNeed.REQUIRED, settings.chunking(),
                OutgoingMail.Wishes.NONE, InputStream::nullInputStream);
        return new Attempt(none, List.of(), target.us(), Opening.UNHURRIED).opened(hops);
    }

    /** Says goodbye where a connection is still open. */
    @Override
    public void close() {
        idle.close();
    }

    /** One message, from server to server. */
    private final class Attempt {
        private final OutgoingMail mail;
        private final List<Recipient> recipients;
        private final ClientIdentity us;
        private final Opening opening;
        private Result last = new Result.Deferred(Failures.of("4.4.1", "No mail server of the domain could be reached."));
        private boolean anyTemporary;

        private Attempt(OutgoingMail mail, List<Recipient> recipients, ClientIdentity us, Opening opening) {
            this.mail = mail;
            this.recipients = recipients;
            this.us = us;
            this.opening = opening;
        }

        /** Empty when there is none, or it proved worth nothing. */
        private Optional<List<RecipientOutcome>> overOpenConnection(List<Hop> hops) {
            for (Hop hop : hops) {
                if (opening.over()) {
                    return Optional.empty();
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
        private Optional<List<RecipientOutcome>> overNewConnection(List<Hop> hops) {
            for (Hop hop : hops) {
                if (opening.over()) {
                    return Optional.empty();
                }
                try {
                    SmtpSession session = open(hop);
                    if (!mail.requireTls() || session.keepsTls()) {
                        return over(session, hop, false);
                    }
                    idle.giveBack(hop, us, session);
                    last = keepsNoTls(hop);
                } catch (IOException e) {
                    last = unreached(e, hop);
                }
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
                List<RecipientOutcome> outcomes = traced(session, hop);
                return another && session.spent() ? Optional.empty() : Optional.of(outcomes);
            } finally {
                // From here on it may be somebody else's.
                idle.giveBack(hop, us, session);
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

        private List<RecipientOutcome> traced(SmtpSession session, Hop hop) {
            try (Span span = Span.current().child(Kind.CLIENT, "SMTP", "relay"); Span.Scope _ = span.enter()) {
                List<RecipientOutcome> outcomes = talk(session, hop);
                span.put("server.address", hop.name()).put("postel.recipients", recipients.size());
                outcomes.stream().map(RecipientOutcome::result).filter(result -> !(result instanceof Result.Relayed)).findFirst()
                        .ifPresent(result -> span.failed(result.getClass().getSimpleName()));
                return outcomes;
            }
        }

        private List<RecipientOutcome> talk(SmtpSession session, Hop hop) {
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
            List<RecipientOutcome> outcomes = new ArrayList<>();
            for (int i = 0; i < recipients.size(); i++) {
                Result result = i < answers.size() ? Replies.result(answers.get(i), hop, session.tlsSecurity()) : broken.orElseThrow();
                outcomes.add(new RecipientOutcome(recipients.get(i), result));
            }
            return outcomes;
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
