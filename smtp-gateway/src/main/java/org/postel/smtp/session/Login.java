package org.postel.smtp.session;

/** Whether somebody logged in. */
public sealed interface Login {

    /** Nobody did. */
    record Anonymous() implements Login {
    }

    /** RFC 4954 §4: once in a session. */
    record Authenticated(Account account) implements Login {
    }
}
