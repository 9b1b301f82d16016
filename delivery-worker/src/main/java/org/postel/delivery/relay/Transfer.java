package org.postel.delivery.relay;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.postel.delivery.outcome.Failures;
import org.postel.delivery.outcome.RecipientOutcome;
import org.postel.delivery.outcome.Result;
import org.postel.delivery.smtp.Answer;
import org.postel.delivery.smtp.GreetingException;
import org.postel.delivery.smtp.OutgoingMail;
import org.postel.delivery.smtp.OurselvesException;
import org.postel.delivery.smtp.ProtocolException;
import org.postel.delivery.smtp.SmtpSession;
import org.postel.delivery.smtp.TlsException;
import org.postel.delivery.smtp.TlsPolicy;
import org.postel.queue.v1.Failure;
import org.postel.queue.v1.Recipient;

/**
 * Tries the servers of a domain in their order until one talks to us; what that one says counts. RFC 5321 §5.1: a server that
 * cannot be reached, or does not want to talk, leaves the word to the next. A connection that is open to any of them is
 * used first.
 */
final class Transfer implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Transfer.class);

    private final RelaySettings settings;
    private final IdleSessions idle;

    Transfer(RelaySettings settings) {
        this.settings = settings;
        this.idle = new IdleSessions(settings.reuse());
    }

    List<RecipientOutcome> send(OutgoingMail mail, List<Recipient> recipients, List<Hop> hops) {
        return overOpenConnection(mail, recipients, hops).orElseGet(() -> overNewConnection(mail, recipients, hops));
    }

    /** Says goodbye where a connection is still open. */
    @Override
    public void close() {
        idle.close();
    }

    /** Empty when there is none, or it proved worth nothing. */
    private Optional<List<RecipientOutcome>> overOpenConnection(OutgoingMail mail, List<Recipient> recipients, List<Hop> hops) {
        for (Hop hop : hops) {
            Optional<SmtpSession> session = idle.take(hop);
            if (session.isPresent() && mail.requireTls() && !session.get().keepsTls()) {
                idle.giveBack(hop, session.get());
            } else if (session.isPresent()) {
                return over(session.get(), mail, recipients, hop, true);
            }
        }
        return Optional.empty();
    }

    /** @param another whether there may be another connection when this one is spent: then the answer is empty */
    private Optional<List<RecipientOutcome>> over(SmtpSession session, OutgoingMail mail, List<Recipient> recipients, Hop hop,
            boolean another) {
        try {
            List<RecipientOutcome> outcomes = talk(session, mail, recipients, hop);
            return another && session.spent() ? Optional.empty() : Optional.of(outcomes);
        } finally {
            // From here on it may be somebody else's.
            idle.giveBack(hop, session);
        }
    }

    private List<RecipientOutcome> overNewConnection(OutgoingMail mail, List<Recipient> recipients, List<Hop> hops) {
        Result last = new Result.Deferred(Failures.of("4.4.1", "No mail server of the domain could be reached."));
        boolean anyTemporary = false;
        for (Hop hop : hops) {
            try {
                SmtpSession session = open(hop);
                if (!mail.requireTls() || session.keepsTls()) {
                    return over(session, mail, recipients, hop, false).orElseThrow();
                }
                // RFC 8689 §4.2.1: another server of the domain may.
                idle.giveBack(hop, session);
                last = new Result.Refused(Failures.of("5.7.30", "The mail is to go over secured connections only, and " + hop.name()
                        + ", the recipient's mail server, does not promise that: it lacks REQUIRETLS."));
            } catch (GreetingException e) {
                last = Replies.refusal(e.reply(), hop);
            } catch (OurselvesException e) {
                last = new Result.Refused(Failures.loop("the mail server of the domain is this one."));
            } catch (TlsException e) {
                // RFC 8689 §4.2.1: whoever requires TLS is told at once that there is none.
                last = mail.requireTls() ? new Result.Refused(Failures.of("5.7.10", "The mail is to go over secured connections only, and"
                        + " there is none to " + hop.name() + ", the recipient's mail server: " + e.getMessage()))
                        : unreachable("4.7.5", "no encrypted connection: " + e.getMessage(), hop);
            } catch (ProtocolException e) {
                last = unreachable("4.5.0", "it does not speak SMTP: " + e.getMessage(), hop);
            } catch (IOException e) {
                last = unreachable("4.4.1", String.valueOf(e.getMessage()), hop);
            }
            anyTemporary |= last instanceof Result.Deferred;
            LOG.debugf("%s: %s", hop, last);
        }
        return all(recipients, anyTemporary && last instanceof Result.Refused refused ? softened(refused) : last);
    }

    /** A handshake that fails is no reason to keep mail back that may go in clear: then the server is asked again without. */
    private SmtpSession open(Hop hop) throws IOException {
        try {
            return SmtpSession.open(hop.address(), hop.name(), settings.hostname(), hop.tls(), settings.timeouts());
        } catch (TlsException e) {
            if (hop.tls().mandatory()) {
                throw e;
            }
            LOG.infof("%s: %s; sending in clear", hop, e.getMessage());
            return SmtpSession.open(hop.address(), hop.name(), settings.hostname(), TlsPolicy.OFF, settings.timeouts());
        }
    }

    private static List<RecipientOutcome> talk(SmtpSession session, OutgoingMail mail, List<Recipient> recipients, Hop hop) {
        List<Answer> answers = new ArrayList<>();
        Optional<Result> broken = Optional.empty();
        try {
            session.send(mail, recipients.stream().map(Addressee::of).toList(), answers);
        } catch (IOException e) {
            // Those that are answered are; the others must be tried again, even if the server has the mail and could not say so.
            broken = Optional.of(new Result.Deferred(Failure.newBuilder().setStatus("4.4.2").setRemoteHost(hop.name())
                    .setExplanation("The connection to " + hop.name() + " broke: " + e.getMessage()).build()));
        }
        List<RecipientOutcome> outcomes = new ArrayList<>();
        for (int i = 0; i < recipients.size(); i++) {
            Result result = i < answers.size() ? Replies.result(answers.get(i), hop) : broken.orElseThrow();
            outcomes.add(new RecipientOutcome(recipients.get(i), result));
        }
        return outcomes;
    }

    private static Result unreachable(String status, String why, Hop hop) {
        return new Result.Deferred(Failure.newBuilder().setStatus(status).setRemoteHost(hop.name())
                .setExplanation("The mail server " + hop.name() + " could not be reached: " + why).build());
    }

    /** One server said never, another could not be asked: it may still say yes. */
    private static Result softened(Result.Refused refused) {
        return new Result.Deferred(refused.failure().toBuilder().setStatus("4.4.1").build());
    }

    private static List<RecipientOutcome> all(List<Recipient> recipients, Result result) {
        return recipients.stream().map(recipient -> new RecipientOutcome(recipient, result)).toList();
    }
}
