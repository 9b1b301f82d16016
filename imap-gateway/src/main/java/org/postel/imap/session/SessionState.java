package org.postel.imap.session;

import org.postel.imap.syntax.MailboxName;

/** RFC 3501 §3. */
public sealed interface SessionState {

    record NotAuthenticated() implements SessionState {
    }

    record Authenticated(Account account) implements SessionState {
    }

    /**
     * @param name     that it was selected by
     * @param readOnly after EXAMINE
     */
    record Selected(Account account, MailboxName name, MailboxView view, boolean readOnly) implements SessionState {
    }

    record Logout() implements SessionState {
    }

    /** The state without its mailbox. */
    default SessionState unselected() {
        return this instanceof Selected selected ? new Authenticated(selected.account()) : this;
    }
}
