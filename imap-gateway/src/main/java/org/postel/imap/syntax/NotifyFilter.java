package org.postel.imap.syntax;

import java.util.Set;

/**
 * {@code filter-mailboxes} of RFC 5465 §6 and §8, and of RFC 7377 §2.2: which mailboxes. Names are texts of {@link MailboxName}; how
 * many there are makes no mailbox take longer.
 */
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
    record Subtree(Set<String> names) implements NotifyFilter {
    }

    /** These and what is one level below them; in ESEARCH only. */
    record SubtreeOne(Set<String> names) implements NotifyFilter {
    }

    record Mailboxes(Set<String> names) implements NotifyFilter {
    }

    /** Whether a mailbox is one of these, but for being selected. */
    default boolean names(String name, boolean subscribed) {
        return switch (this) {
            case Selected _ -> false;
            // RFC 5465 §6: of the personal namespace.
            case Personal _ -> !new MailboxName(name).ofOtherUsers();
            case Subscribed _ -> subscribed;
            case Mailboxes(Set<String> names) -> names.contains(name);
            case Subtree(Set<String> names) -> {
                String at = name;
                while (!at.isEmpty() && !names.contains(at)) {
                    at = superior(at);
                }
                yield !at.isEmpty();
            }
            case SubtreeOne(Set<String> names) -> names.contains(name) || names.contains(superior(name));
        };
    }

    /** The name one level above; empty for none. */
    private static String superior(String name) {
        return name.substring(0, Math.max(0, name.lastIndexOf(MailboxName.SEPARATOR)));
    }
}
