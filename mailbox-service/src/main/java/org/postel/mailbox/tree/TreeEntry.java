package org.postel.mailbox.tree;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.postel.mailbox.storage.Rights;

/**
 * A name in the tree.
 *
 * @param mailbox empty for a name that is only subscribed to
 * @param acl     what other accounts may do with the mailbox (RFC 4314)
 */
record TreeEntry(MailboxName name, Optional<UUID> mailbox, int uidValidity, List<String> specialUse, boolean subscribed, Map<UUID, Rights> acl) {

    TreeEntry {
        specialUse = List.copyOf(specialUse);
        acl = Map.copyOf(acl);
    }

    static TreeEntry of(MailboxName name, UUID mailbox, int uidValidity, List<String> specialUse, boolean subscribed, Map<UUID, Rights> acl) {
        return new TreeEntry(name, Optional.of(mailbox), uidValidity, specialUse, subscribed, acl);
    }

    /** Only that it is subscribed to, or not. */
    static TreeEntry subscription(MailboxName name, boolean subscribed) {
        return new TreeEntry(name, Optional.empty(), 0, List.of(), subscribed, Map.of());
    }

    TreeEntry with(boolean nowSubscribed) {
        return new TreeEntry(name, mailbox, uidValidity, specialUse, nowSubscribed, acl);
    }

    TreeEntry with(Map<UUID, Rights> nowGranted) {
        return new TreeEntry(name, mailbox, uidValidity, specialUse, subscribed, nowGranted);
    }

    /** What another account may do with it. */
    Rights rightsOf(UUID account) {
        return acl.getOrDefault(account, Rights.NONE);
    }

    /** Whether there is any reason to keep it. */
    boolean isKept() {
        return mailbox.isPresent() || subscribed;
    }
}
