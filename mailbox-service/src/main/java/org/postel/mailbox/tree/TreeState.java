package org.postel.mailbox.tree;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.postel.mailbox.storage.StoreException;
import org.postel.mailbox.storage.StoreException.Problem;

/**
 * An account's names at one version.
 *
 * @param version     rises with each change
 * @param txn         names the change that led here; empty before the first
 * @param uidValidity the highest given in this account
 * @param sharedBy    accounts that let this one use mailboxes of theirs, or did
 */
record TreeState(NavigableMap<MailboxName, TreeEntry> entries, long version, Optional<UUID> txn, int uidValidity, Set<UUID> sharedBy) {

    static TreeState of(Collection<TreeEntry> entries, long version, Optional<UUID> txn, int uidValidity, Set<UUID> sharedBy) {
        NavigableMap<MailboxName, TreeEntry> sorted = new TreeMap<>();
        entries.forEach(entry -> sorted.put(entry.name(), entry));
        return new TreeState(sorted, version, txn, uidValidity, sharedBy);
    }

    /** After a change of these names. */
    TreeState changed(TreeChange change, UUID changedBy) {
        // In order as they are, so none is compared with another.
        NavigableMap<MailboxName, TreeEntry> after = new TreeMap<>(entries);
        change.entries().forEach(entry -> after.put(entry.name(), entry));
        change.entries().stream().filter(entry -> !entry.isKept()).forEach(entry -> after.remove(entry.name()));
        return new TreeState(after, version + 1, Optional.of(changedBy), change.uidValidity(), sharedBy);
    }

    /** The same names as if they had changed so many times more. */
    TreeState beyond(long versions) {
        return new TreeState(entries, version + versions, txn, uidValidity, sharedBy);
    }

    /** The same names where others share. */
    TreeState sharedBy(Set<UUID> others) {
        return new TreeState(entries, version, txn, uidValidity, others);
    }

    /** The mailboxes of this version that do not have their names any more in a later one. */
    List<UUID> unnamed(TreeState later) {
        return entries.values().stream().filter(entry -> !later.mailbox(entry.name()).map(TreeEntry::mailbox).equals(Optional.of(entry.mailbox())))
                .flatMap(entry -> entry.mailbox().stream()).toList();
    }

    /** Whether there is an account here. */
    boolean isThere() {
        return mailbox(MailboxName.INBOX).isPresent();
    }

    /** The mailbox of a name, if it has one. */
    Optional<TreeEntry> mailbox(MailboxName name) {
        return Optional.ofNullable(entries.get(name)).filter(entry -> entry.mailbox().isPresent());
    }

    /** @throws StoreException NOT_FOUND when the name has no mailbox */
    TreeEntry required(MailboxName name) {
        return mailbox(name).orElseThrow(() -> new StoreException(Problem.NOT_FOUND, "no such mailbox"));
    }

    boolean has(UUID mailbox) {
        return byId(mailbox).isPresent();
    }

    Optional<TreeEntry> byId(UUID mailbox) {
        return entries.values().stream().filter(entry -> entry.mailbox().equals(Optional.of(mailbox))).findFirst();
    }

    /** The mailboxes below a name. */
    List<TreeEntry> inferiors(MailboxName name) {
        return below(name).toList();
    }

    private Stream<TreeEntry> below(MailboxName name) {
        return entries.tailMap(name, false).values().stream().takeWhile(entry -> entry.name().isInferiorOf(name))
                .filter(entry -> entry.mailbox().isPresent());
    }

    /** Whether a name is to be shown: it has a mailbox, or one below it has. */
    boolean shows(MailboxName name) {
        return mailbox(name).isPresent() || hasInferiors(name);
    }

    /** Whether there is a mailbox below a name. */
    boolean hasInferiors(MailboxName name) {
        return below(name).findAny().isPresent();
    }

    /** All names that {@link #shows}: those with a mailbox, and their superiors that have none of their own. */
    SequencedSet<MailboxName> names() {
        TreeSet<MailboxName> names = new TreeSet<>();
        for (TreeEntry entry : entries.values()) {
            Optional<MailboxName> next = entry.mailbox().map(mailbox -> entry.name());
            while (next.isPresent() && names.add(next.get())) {
                next = next.get().superior();
            }
        }
        return names;
    }

    /** Names that are subscribed to and have no mailbox. */
    List<MailboxName> orphanSubscriptions() {
        return new ArrayList<>(entries.values().stream().filter(entry -> entry.mailbox().isEmpty()).map(TreeEntry::name).toList());
    }

    boolean isSubscribed(MailboxName name) {
        return Optional.ofNullable(entries.get(name)).map(TreeEntry::subscribed).orElse(false);
    }
}
