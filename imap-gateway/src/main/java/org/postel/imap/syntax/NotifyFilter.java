package org.postel.imap.syntax;

import java.util.List;

/** {@code filter-mailboxes} of RFC 5465 §6 and §8: which mailboxes. */
public sealed interface NotifyFilter {

    /**
     * The one that is selected.
     *
     * @param delayed whether EXPUNGE waits for a command that lets it come
     */
    record Selected(boolean delayed) implements NotifyFilter {
    }

    /** All of the account; {@code inboxes} too, as RFC 5465 §6.3 has it where nobody can say which ones mail is delivered to. */
    record Personal() implements NotifyFilter {
    }

    record Subscribed() implements NotifyFilter {
    }

    /** These and what is below them. */
    record Subtree(List<MailboxName> names) implements NotifyFilter {
    }

    record Mailboxes(List<MailboxName> names) implements NotifyFilter {
    }
}
