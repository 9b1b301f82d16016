package org.postel.smtp.server;

import java.util.Optional;
import org.postel.smtp.command.AuthCommand;
import org.postel.smtp.session.Replies;
import org.postel.smtp.session.Step.Hangup;
import org.postel.smtp.syntax.Reply;
import org.postel.smtp.syntax.SmtpCommand;
import org.postel.wire.ErrorLimit;

/** Counts what a session may do only so often. */
final class SessionLimits {

    private static final int LITTLE_CHUNK = 1024;

    private final int maxIdleCommands;
    private final ErrorLimit errors;
    private final ErrorLimit authFailures;
    private final int maxRecipients;
    private int idleCommands;
    private int overshoot;

    SessionLimits(SessionSettings settings) {
        this.maxIdleCommands = settings.maxIdleCommands();
        this.maxRecipients = settings.maxRecipients();
        this.errors = new ErrorLimit(settings.maxErrors());
        this.authFailures = new ErrorLimit(settings.maxAuthFailures());
    }

    /** Counts a command that brings no mail forward. */
    Optional<Hangup> command(SmtpCommand command) {
        boolean idle = switch (command) {
            case SmtpCommand.Helo c -> true;
            case SmtpCommand.Ehlo c -> true;
            case SmtpCommand.Lhlo c -> true;
            case SmtpCommand.Rset c -> true;
            case SmtpCommand.Noop c -> true;
            case SmtpCommand.Vrfy c -> true;
            case SmtpCommand.Expn c -> true;
            case SmtpCommand.Etrn c -> true;
            case SmtpCommand.Help c -> true;
            case SmtpCommand.Mail c -> true;
            case SmtpCommand.Rcpt c -> false;
            case SmtpCommand.Data c -> false;
            // A message in a hundred little pieces is no mail: each costs as much as a command.
            case SmtpCommand.Bdat c -> !c.last() && c.size() < LITTLE_CHUNK;
            case SmtpCommand.Quit c -> false;
            case SmtpCommand.StartTls c -> false;
            case SmtpCommand.Auth c -> false;
        };
        return idle && ++idleCommands > maxIdleCommands ? Optional.of(SessionReplies.TOO_MANY_IDLE_COMMANDS) : Optional.empty();
    }

    /** A mail was accepted: the client is worth its commands. */
    void mailAccepted() {
        idleCommands = 0;
        overshoot = 0;
    }

    /** Counts a mistake. */
    Optional<Hangup> reply(Reply reply) {
        return (reply.permanentError() || overshoots(reply)) && errors.exceeded() ? Optional.of(SessionReplies.TOO_MANY_ERRORS) : Optional.empty();
    }

    // A client that does not wait for replies has sent more recipients before the first 452 reaches it (RFC 5321 §4.5.3.1.10). So
    // as many again as a message may have are forgiven; who sends still more does not listen.
    private boolean overshoots(Reply reply) {
        return reply.equals(Replies.TOO_MANY_RECIPIENTS) && ++overshoot > maxRecipients;
    }

    /** Counts a login that failed by the client's fault. */
    Optional<Hangup> auth(Reply reply) {
        return loginFailed(reply) && authFailures.exceeded() ? Optional.of(SessionReplies.TOO_MANY_AUTH_FAILURES) : Optional.empty();
    }

    /** Whether a login failed by the client's fault: also the 454 for failures before, not the one for a store that is down. */
    static boolean loginFailed(Reply reply) {
        return reply.permanentError() || reply.equals(AuthCommand.RATE_LIMITED);
    }
}
