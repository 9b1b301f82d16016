package org.postel.mailbox.tree;

import java.util.List;
import java.util.Map;
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

    /** Nothing becomes of it. */
    static TreeChange none(TreeState tree) {
        return new TreeChange(List.of(), Map.of(), List.of(), tree.uidValidity());
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }
}
