package org.postel.imap.command;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import org.jboss.logging.Logger;
import org.postel.imap.session.SessionState;
import org.postel.imap.session.Step;
import org.postel.imap.syntax.Completion;
import org.postel.wire.sasl.Mechanisms;
import org.postel.wire.sasl.PasswordCredentials;
import org.postel.wire.sasl.SaslStep;

/** What LOGIN and AUTHENTICATE have in common. */
final class Logins {

    private static final Logger LOG = Logger.getLogger(Logins.class);

    private final Accounts accounts;
    private final News news;

    Logins(Accounts accounts, News news) {
        this.accounts = accounts;
        this.news = news;
    }

    SaslStep.Outcome<Accounts.Entry> verify(Conversation conversation, PasswordCredentials credentials) {
        return accounts.forClient(address(conversation)).verify(credentials);
    }

    /** What this client may use; nothing where a secret could be overheard. */
    Mechanisms<Accounts.Entry> mechanisms(Conversation conversation) {
        return conversation.plaintextAllowed()
                ? Mechanisms.of(accounts.mechanisms(), conversation.connection().channelBindings(), accounts.forClient(address(conversation)))
                : new Mechanisms<>(List.of());
    }

    /** What is offered to this client now. */
    String capabilities(Conversation conversation) {
        return Capabilities.of(conversation, mechanisms(conversation).names());
    }

    private static InetAddress address(Conversation conversation) {
        return conversation.connection().remote().getAddress();
    }

    /** The reply, and the account opened if that is the outcome. */
    Step conclude(Conversation conversation, SaslStep.Outcome<Accounts.Entry> outcome) throws IOException, Refused {
        return switch (outcome) {
            case SaslStep.Success<Accounts.Entry>(Accounts.Entry entry) -> {
                conversation.logIn(entry, news);
                LOG.debugf("logged in as %s", entry.account().address());
                // RFC 3501 §7.1: saves the client a CAPABILITY.
                yield new Step(new SessionState.Authenticated(entry.account()),
                        Completion.ok("CAPABILITY " + capabilities(conversation), "Logged in"));
            }
            case SaslStep.Failure<Accounts.Entry>(SaslStep.Reason reason) -> throw failed(conversation, reason);
        };
    }

    private Refused failed(Conversation conversation, SaslStep.Reason reason) throws IOException {
        if (reason == SaslStep.Reason.UNAVAILABLE) {
            return new Refused(Replies.UNAVAILABLE);
        }
        LOG.debugf("login from %s failed: %s", address(conversation), reason);
        if (reason == SaslStep.Reason.MALFORMED) {
            accounts.forClient(address(conversation)).unreadable();
        }
        conversation.loginFailed();
        return new Refused(switch (reason) {
            case MALFORMED -> Completion.bad("Malformed credentials");
            // What is wrong is not told: it would help to guess names (SAFETY row 23).
            // Only who has the right password hears this.
            case DISABLED -> Replies.SWITCHED_OFF;
            case CREDENTIALS, RATE_LIMITED -> Replies.AUTHENTICATION_FAILED;
            case UNAVAILABLE -> throw new IllegalStateException("decided above");
        });
    }
}
