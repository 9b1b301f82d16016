package org.postel.imap.session;

/** RFC 3501 §3. */
public sealed interface SessionState {

    record NotAuthenticated() implements SessionState {
    }

    record Authenticated(Account account) implements SessionState {
    }

    /** {@code readOnly} after EXAMINE. */
    record Selected(Account account, MailboxView view, boolean readOnly) implements SessionState {
    }

    record Logout() implements SessionState {
    }

    /** The state without its mailbox. */
    default SessionState unselected() {
        return this instanceof Selected selected ? new Authenticated(selected.account()) : this;
    }
}
