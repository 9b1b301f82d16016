package org.postel.smtp.server;

import org.postel.smtp.session.Cause;
import org.postel.smtp.session.Service;
import org.postel.smtp.session.Step.Hangup;
import org.postel.smtp.syntax.Reply;

/** How a session ends when the client did not ask for it, and what unreadable lines get: RFC 5321 §3.8. */
final class SessionReplies {

    static final Hangup DRAINING = hangup(421, "4.3.2", "Service is shutting down; try again", Cause.DRAINING);
    static final Hangup IDLE = hangup(421, "4.4.2", "Nothing came for too long", Cause.TIMEOUT);
    static final Hangup TOO_SLOW = hangup(421, "4.4.2", "Content comes too slowly", Cause.TOO_SLOW);
    static final Hangup TOO_MANY_ERRORS = hangup(421, "4.7.0", "Too many errors", Cause.LIMIT);
    static final Hangup TOO_MANY_IDLE_COMMANDS = hangup(421, "4.7.0", "Too many commands without mail", Cause.LIMIT);
    static final Hangup TOO_MANY_AUTH_FAILURES = hangup(421, "4.7.0", "Too many failed logins", Cause.LIMIT);
    static final Hangup UNSYNCHRONIZED = hangup(554, "5.5.0", "Wait for the reply before you go on", Cause.UNSYNCHRONIZED);
    static final Hangup NOT_SMTP = hangup(554, "5.5.0", "This is not HTTP", Cause.NOT_SMTP);
    static final Hangup INTERNAL_ERROR = hangup(421, "4.3.0", "Internal error; try again later", Cause.INTERNAL_ERROR);
    static final Reply LINE_TOO_LONG = Reply.of(500, "5.5.2", "Line is too long");
    static final Reply BARE_LINE_END = Reply.of(500, "5.5.2", "Bare CR or LF: lines end in CRLF");

    private SessionReplies() {
    }

    static Reply greeting(String hostname, Service service) {
        return Reply.plain(220, hostname + (service == Service.LMTP ? " LMTP Postel" : " ESMTP Postel"));
    }

    private static Hangup hangup(int code, String status, String text, Cause cause) {
        return new Hangup(Reply.of(code, status, text), cause);
    }
}
