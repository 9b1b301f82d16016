package org.postel.imap.command;

import java.util.Optional;
import org.postel.imap.syntax.MailboxName;
import org.postel.mailbox.api.v1.Mailbox;

/**
 * The mailbox that a session appended to with its last command. Who fills a mailbox appends to the same one again and again,
 * and its name need not be looked up each time: a second long, the mailbox that had the name has it still. So an APPEND may
 * come into a mailbox that another session gave another name less than a second ago.
 */
final class LastAppend {

    private static final long HOLDS_NANOS = 1_000_000_000;

    private record Target(MailboxName name, Mailbox mailbox, long since) {}

    private Optional<Target> target = Optional.empty();

    /** The mailbox of this name, if it was looked up for the last command within a second. */
    Optional<Mailbox> mailbox(MailboxName name) {
        return target.filter(last -> last.name.equals(name) && System.nanoTime() - last.since < HOLDS_NANOS).map(Target::mailbox);
    }

    /** It was just looked up. */
    void found(MailboxName name, Mailbox mailbox) {
        target = Optional.of(new Target(name, mailbox, System.nanoTime()));
    }

    /** Another command comes, that perhaps changes names. */
    void forget() {
        target = Optional.empty();
    }
}
