package org.postel.mailbox.tree;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What becomes of a tree.
 *
 * @param entries     new or changed; one that {@link TreeEntry#isKept} denies is removed
 * @param created     mailboxes whose log is to be made before, and their UIDVALIDITY
 * @param deleted     mailboxes whose mail is to be removed after
 * @param uidValidity the highest given now
 */
record TreeChange(List<TreeEntry> entries, Map<UUID, Integer> created, List<UUID> deleted, int uidValidity) {

    TreeChange {
        entries = List.copyOf(entries);
        created = Map.copyOf(created);
        deleted = List.copyOf(deleted);
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** Mailboxes that lose the names that they have before. */
    List<UUID> unnamed(TreeState before) {
        return entries.stream().flatMap(entry -> before.mailbox(entry.name()).flatMap(TreeEntry::mailbox)
                .filter(mailbox -> !entry.mailbox().equals(Optional.of(mailbox))).stream()).toList();
    }
}
