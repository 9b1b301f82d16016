package org.postel.imap.syntax;

import java.util.List;

/** {@code filter-mailboxes} of RFC 5465 §6 and §8, and of RFC 7377 §2.2: which mailboxes. */
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

    /** These and what is one level below them; in ESEARCH only. */
    record SubtreeOne(List<MailboxName> names) implements NotifyFilter {
    }

    record Mailboxes(List<MailboxName> names) implements NotifyFilter {
    }

    /** Whether a mailbox is one of these, but for being selected. */
    default boolean names(String name, boolean subscribed) {
        return switch (this) {
            case Selected _ -> false;
            // RFC 5465 §6: of the personal namespace.
            case Personal _ -> !new MailboxName(name).ofOtherUsers();
            case Subscribed _ -> subscribed;
            case Mailboxes(List<MailboxName> names) -> names.stream().anyMatch(each -> each.text().equals(name));
            case Subtree(List<MailboxName> names) -> names.stream().anyMatch(each -> name.equals(each.text()) || below(each, name));
            case SubtreeOne(List<MailboxName> names) -> names.stream().anyMatch(each -> name.equals(each.text())
                    || below(each, name) && name.indexOf(MailboxName.SEPARATOR, each.text().length() + 1) < 0);
        };
    }

    private static boolean below(MailboxName superior, String name) {
        return name.startsWith(superior.text() + MailboxName.SEPARATOR);
    }
}
