package org.postel.smtp.session;

/** Why the server ends a session. */
public enum Cause {
    /** The client said QUIT. */
    QUIT,
    /** The process is draining. */
    DRAINING,
    /** Nothing came for too long. */
    TIMEOUT,
    /** Too slow within content. */
    TOO_SLOW,
    /** Over a limit: errors, idle commands, wrong passwords. */
    LIMIT,
    /** The password was changed since the login, or the account switched off. */
    LOGIN_ENDED,
    /** Octets came before they could have been asked for: RFC 2920 §3.1. */
    UNSYNCHRONIZED,
    /** Another protocol. */
    NOT_SMTP,
    /** A bug of ours. */
    INTERNAL_ERROR
}
