package org.postel.mailbox.tree;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.postel.mailbox.storage.Rights;
import org.postel.mailbox.storage.StoreException;
import org.postel.mailbox.storage.StoreException.Problem;

/** Decides what becomes of a tree; no effects. Each refusal is a {@link StoreException}. */
final class TreeDecisions {

    /** RFC 6154 §2, of those that a mailbox can be made with: \All and \Flagged are views. */
    private static final Set<String> SPECIAL_USE = Set.of("\\Archive", "\\Drafts", "\\Junk", "\\Sent", "\\Trash");

    private static final int MOST_GRANTED = 100;

    private final int most;
    private final Supplier<UUID> ids;
    private final Supplier<Integer> seconds;

    /**
     * @param most    names in a tree
     * @param ids     new mailbox ids
     * @param seconds since the epoch, the lowest UIDVALIDITY that is given
     */
    TreeDecisions(int most, Supplier<UUID> ids, Supplier<Integer> seconds) {
        this.most = most;
        this.ids = ids;
        this.seconds = seconds;
    }

    /** INBOX and what RFC 6154 names. */
    TreeChange firstMailboxes(TreeState now) {
        Creation creation = new Creation(now);
        creation.add(MailboxName.INBOX, List.of(), true);
        for (String name : List.of("Drafts", "Sent", "Junk", "Trash", "Archive")) {
            creation.add(new MailboxName(name), List.of("\\" + name), true);
        }
        return creation.change(List.of());
    }

    TreeChange create(TreeState now, MailboxName name, List<String> specialUse) {
        if (now.mailbox(name).isPresent()) {
            throw new StoreException(Problem.ALREADY_EXISTS, "the mailbox is there already");
        }
        checkSpecialUse(now, specialUse);
        Creation creation = new Creation(now);
        creation.superiorsOf(name);
        creation.add(name, specialUse, now.isSubscribed(name));
        return creation.change(List.of());
    }

    private static void checkSpecialUse(TreeState now, List<String> asked) {
        for (String use : asked) {
            if (!SPECIAL_USE.contains(use)) {
                throw new StoreException(Problem.INVALID, "no such special use");
            }
            if (now.entries().values().stream().anyMatch(entry -> entry.specialUse().contains(use))) {
                throw new StoreException(Problem.PRECONDITION, "another mailbox has that special use");
            }
        }
    }

    TreeChange delete(TreeState now, MailboxName name) {
        if (name.equals(MailboxName.INBOX)) {
            throw new StoreException(Problem.PRECONDITION, "INBOX cannot be deleted");
        }
        if (now.mailbox(name).isEmpty() && now.hasInferiors(name)) {
            throw new StoreException(Problem.PRECONDITION, "the name has inferiors and no mailbox");
        }
        TreeEntry entry = now.required(name);
        TreeEntry left = TreeEntry.subscription(name, entry.subscribed());
        return new TreeChange(List.of(left), Map.of(), List.of(entry.mailbox().orElseThrow()), now.uidValidity());
    }

    /** All but INBOX, whose messages are to be moved instead. */
    TreeChange rename(TreeState now, MailboxName from, MailboxName to) {
        List<TreeEntry> moving = new ArrayList<>(now.inferiors(from));
        now.mailbox(from).ifPresent(moving::addFirst);
        if (moving.isEmpty()) {
            throw new StoreException(Problem.NOT_FOUND, "no such mailbox");
        }
        if (now.shows(to)) {
            throw new StoreException(Problem.ALREADY_EXISTS, "the new name is there already");
        }
        if (to.isInferiorOf(from)) {
            throw new StoreException(Problem.INVALID, "a mailbox cannot become its own inferior");
        }
        Creation creation = new Creation(now);
        creation.superiorsOf(to);
        List<TreeEntry> entries = new ArrayList<>();
        for (TreeEntry entry : moving) {
            MailboxName name = entry.name().equals(from) ? to : entry.name().moved(from, to);
            // RFC 9051 §6.3.9: a subscription stays with the name.
            entries.add(TreeEntry.subscription(entry.name(), entry.subscribed()));
            entries.add(TreeEntry.of(name, entry.mailbox().orElseThrow(), entry.uidValidity(), entry.specialUse(), now.isSubscribed(name), entry.acl()));
        }
        return creation.change(entries);
    }

    TreeChange subscribe(TreeState now, MailboxName name, boolean subscribed) {
        if (now.isSubscribed(name) == subscribed) {
            return new TreeChange(List.of(), Map.of(), List.of(), now.uidValidity());
        }
        TreeEntry entry = Optional.ofNullable(now.entries().get(name)).map(before -> before.with(subscribed))
                .orElseGet(() -> TreeEntry.subscription(name, subscribed));
        checkNumber(now, 1);
        return new TreeChange(List.of(entry), Map.of(), List.of(), now.uidValidity());
    }

    /** RFC 4314 §3.1: another account may do exactly this with a mailbox from now on. */
    TreeChange grant(TreeState now, UUID mailbox, UUID account, UnaryOperator<Rights> rights) {
        TreeEntry entry = now.byId(mailbox).orElseThrow(() -> new StoreException(Problem.NOT_FOUND, "no such mailbox"));
        Map<UUID, Rights> acl = new HashMap<>(entry.acl());
        Rights granted = rights.apply(entry.rightsOf(account));
        if (granted.equals(Rights.NONE)) {
            acl.remove(account);
        } else {
            acl.put(account, granted);
        }
        if (acl.size() > MOST_GRANTED) {
            throw new StoreException(Problem.LIMIT, "too many accounts have rights");
        }
        return new TreeChange(acl.equals(entry.acl()) ? List.of() : List.of(entry.with(acl)), Map.of(), List.of(), now.uidValidity());
    }

    private void checkNumber(TreeState now, int more) {
        if (now.entries().size() + more > most) {
            throw new StoreException(Problem.LIMIT, "too many mailboxes");
        }
    }

    /** Mailboxes to be made. */
    private final class Creation {

        private final TreeState now;
        private final List<TreeEntry> entries = new ArrayList<>();
        private final Map<UUID, Integer> created = new LinkedHashMap<>();
        private int uidValidity;

        Creation(TreeState now) {
            this.now = now;
            this.uidValidity = now.uidValidity();
        }

        void superiorsOf(MailboxName name) {
            name.superior().filter(superior -> now.mailbox(superior).isEmpty()).ifPresent(superior -> {
                superiorsOf(superior);
                add(superior, List.of(), now.isSubscribed(superior));
            });
        }

        void add(MailboxName name, List<String> specialUse, boolean subscribed) {
            uidValidity = Math.max(uidValidity + 1, seconds.get());
            UUID id = ids.get();
            created.put(id, uidValidity);
            entries.add(TreeEntry.of(name, id, uidValidity, specialUse, subscribed, inherited(name)));
        }

        /** RFC 4314 §4 leaves it to the server: who may use the superior may use what is made below it. */
        private Map<UUID, Rights> inherited(MailboxName name) {
            Optional<MailboxName> superior = name.superior();
            return superior.flatMap(now::mailbox).or(() -> entries.stream().filter(entry -> Optional.of(entry.name()).equals(superior)).findFirst())
                    .map(TreeEntry::acl).orElse(Map.of());
        }

        TreeChange change(List<TreeEntry> others) {
            checkNumber(now, created.size());
            entries.addAll(others);
            return new TreeChange(entries, created, List.of(), uidValidity);
        }
    }
}
