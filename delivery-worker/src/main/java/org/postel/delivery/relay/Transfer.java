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
 * cannot be reached, or does not want to talk, leaves the word to the next.
 */
final class Transfer {

    private static final Logger LOG = Logger.getLogger(Transfer.class);

    private final RelaySettings settings;

    Transfer(RelaySettings settings) {
        this.settings = settings;
    }

    List<RecipientOutcome> send(OutgoingMail mail, List<Recipient> recipients, List<Hop> hops) {
        Result last = new Result.Deferred(Failures.of("4.4.1", "No mail server of the domain could be reached."));
        boolean anyTemporary = false;
        for (Hop hop : hops) {
            try (SmtpSession session = open(hop)) {
                return talk(session, mail, recipients, hop);
            } catch (GreetingException e) {
                last = Replies.refusal(e.reply(), hop);
            } catch (OurselvesException e) {
                last = new Result.Refused(Failures.loop("the mail server of the domain is this one."));
            } catch (TlsException e) {
                last = unreachable("4.7.5", "no encrypted connection: " + e.getMessage(), hop);
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
            return SmtpSession.open(hop.address(), hop.name(), settings.hostname(), settings.tls(), settings.timeouts());
        } catch (TlsException e) {
            if (settings.tls() != TlsPolicy.OPPORTUNISTIC) {
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
