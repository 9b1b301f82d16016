package org.postel.mailbox.tree;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A name in the tree.
 *
 * @param mailbox empty for a name that is only subscribed to
 */
record TreeEntry(MailboxName name, Optional<UUID> mailbox, int uidValidity, List<String> specialUse, boolean subscribed) {

    TreeEntry {
        specialUse = List.copyOf(specialUse);
    }

    static TreeEntry of(MailboxName name, UUID mailbox, int uidValidity, List<String> specialUse, boolean subscribed) {
        return new TreeEntry(name, Optional.of(mailbox), uidValidity, specialUse, subscribed);
    }

    /** Only that it is subscribed to, or not. */
    static TreeEntry subscription(MailboxName name, boolean subscribed) {
        return new TreeEntry(name, Optional.empty(), 0, List.of(), subscribed);
    }

    TreeEntry with(boolean nowSubscribed) {
        return new TreeEntry(name, mailbox, uidValidity, specialUse, nowSubscribed);
    }

    /** Whether there is any reason to keep it. */
    boolean isKept() {
        return mailbox.isPresent() || subscribed;
    }
}
