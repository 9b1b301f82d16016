package org.postel.mailbox.tree;

import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.postel.mailbox.api.UidSet;
import org.postel.mailbox.api.v1.CopyRequest;
import org.postel.mailbox.api.v1.CreateRequest;
import org.postel.mailbox.api.v1.DeleteRequest;
import org.postel.mailbox.api.v1.Mailbox;
import org.postel.mailbox.api.v1.MailboxTree;
import org.postel.mailbox.api.v1.RenameRequest;
import org.postel.mailbox.api.v1.SubscribeRequest;
import org.postel.mailbox.cassandra.Cql;
import org.postel.mailbox.storage.CommitListener;
import org.postel.mailbox.storage.MailboxTrees;
import org.postel.mailbox.storage.Right;
import org.postel.mailbox.storage.Rights;
import org.postel.mailbox.storage.StoreException;
import org.postel.mailbox.storage.StoreException.Problem;
import org.postel.mailbox.store.MailboxCopier;
import org.postel.mailbox.store.MailboxStore;
import org.postel.mailbox.store.StoreConfig;
import org.postel.mailbox.store.Uuids;
import org.roaringbitmap.RoaringBitmap;

/** The trees of all accounts. */
public final class AccountTrees implements MailboxTrees {

    private static final int ATTEMPTS = 20;
    private static final int STRIPES = 64;
    /** Accounts that share with one: each costs its LIST a read. */
    private static final int MOST_SHARING = 100;
    /** More changes than one account makes between a backup and its loss. */
    private static final long LOST_VERSIONS = 1L << 20;
    private static final long PAUSE_NANOS = 2_000_000;

    private final TreeTable table;
    private final AccountQuotas quotas;
    private final RecentTrees recent;
    private final DoomedMailboxes doomed;
    private final MailboxStore store;
    private final MailboxCopier copier;
    private final CommitListener listener;
    private final TreeDecisions decisions;
    private final MailboxName.Limits limits;
    private final ReentrantLock[] changing = IntStream.range(0, STRIPES).mapToObj(i -> new ReentrantLock()).toArray(ReentrantLock[]::new);

    public AccountTrees(Cql cql, MailboxStore store, MailboxCopier copier, StoreConfig config, CommitListener listener, Clock clock) {
        RecentQuotas limitsRead = new RecentQuotas();
        this.table = new TreeTable(cql, limitsRead);
        this.quotas = new AccountQuotas(table, limitsRead, store);
        this.recent = new RecentTrees(config.moment());
        this.doomed = new DoomedMailboxes(cql, clock);
        this.store = store;
        this.copier = copier;
        this.listener = listener;
        this.decisions = new TreeDecisions(config.names(), UUID::randomUUID, () -> (int) (clock.millis() / 1000));
        this.limits = new MailboxName.Limits(config.nameDepth(), config.nameOctets());
    }

    @Override
    public void createAccount(UUID account) {
        change(account, false, now -> now.isThere()
                ? TreeChange.none(now) : decisions.firstMailboxes(now));
    }

    @Override
    public void deleteAccount(UUID account) {
        Set<UUID> guests = new HashSet<>();
        change(account, false, now -> {
            now.entries().values().forEach(entry -> guests.addAll(entry.acl().keySet()));
            return new TreeChange(now.entries().keySet().stream().map(name -> TreeEntry.subscription(name, false)).toList(), Map.of(),
                    now.entries().values().stream().flatMap(entry -> entry.mailbox().stream()).toList(), now.uidValidity());
        });
        guests.forEach(guest -> settle(guest, account));
    }

    @Override
    public MailboxTree tree(UUID account) {
        TreeState now = existing(account);
        MailboxTree.Builder tree = MailboxTree.newBuilder().setVersion(now.version());
        now.names().forEach(name -> tree.addMailboxes(shown(now, name)));
        now.orphanSubscriptions().stream().filter(name -> !now.names().contains(name))
                .forEach(name -> tree.addOrphanSubscriptions(name.text()));
        now.sharedBy().forEach(owner -> tree.addSharedBy(Uuids.toBytes(owner)));
        return tree.build();
    }

    @Override
    public MailboxTree tree(UUID account, String name) {
        TreeState now = existing(account);
        MailboxName asked = new MailboxName(name);
        MailboxTree.Builder tree = MailboxTree.newBuilder().setVersion(now.version()).setInferiors(now.hasInferiors(asked));
        if (now.shows(asked)) {
            tree.addMailboxes(shown(now, asked));
        } else if (now.isSubscribed(asked)) {
            tree.addOrphanSubscriptions(name);
        }
        now.sharedBy().forEach(owner -> tree.addSharedBy(Uuids.toBytes(owner)));
        return tree.build();
    }

    private static Mailbox shown(TreeState now, MailboxName name) {
        Mailbox.Builder shown = Mailbox.newBuilder().setName(name.text()).setSubscribed(now.isSubscribed(name));
        now.mailbox(name).ifPresent(entry -> shown.setId(Uuids.toBytes(entry.mailbox().orElseThrow()))
                .addAllSpecialUse(entry.specialUse()).setSelectable(true).setUidValidity(entry.uidValidity()));
        return shown.build();
    }

    /**
     * Whether a mailbox has this name. Where the tree is read for it, the mailbox's header tells the name from then on.
     *
     * @param newest false: or had it a moment ago ({@code postel.mailbox.store.moment}), before another instance changed it
     */
    public boolean isNamed(UUID account, UUID mailbox, String name, boolean newest) {
        Optional<TreeState> known = recent.find(account).filter(found -> !newest);
        TreeState tree = known.orElseGet(() -> existing(account));
        Optional<TreeEntry> found = tree.mailbox(parse(name)).filter(entry -> entry.mailbox().equals(Optional.of(mailbox)));
        if (known.isEmpty()) {
            found.ifPresent(entry -> store.named(mailbox, entry.name().text(), tree.version()));
        }
        return found.isPresent();
    }

    @Override
    public Rights rights(UUID owner, UUID mailbox, UUID account) {
        return ofLate(owner).byId(mailbox).map(entry -> entry.rightsOf(account)).orElse(Rights.NONE);
    }

    @Override
    public Map<UUID, Rights> rights(UUID owner, Set<UUID> mailboxes, UUID account) {
        Map<UUID, Rights> rights = new HashMap<>();
        ofLate(owner).entries().values().forEach(entry ->
                entry.mailbox().filter(mailboxes::contains).ifPresent(id -> rights.put(id, entry.rightsOf(account))));
        return rights;
    }

    private TreeState ofLate(UUID account) {
        return recent.find(account).orElseGet(() -> read(account));
    }

    @Override
    public String canonical(String name) {
        return MailboxName.parse(name, limits).text();
    }

    @Override
    public Rights rights(UUID owner, String name, UUID account) {
        return read(owner).mailbox(parse(name)).map(entry -> entry.rightsOf(account)).orElse(Rights.NONE);
    }

    @Override
    public List<Granted> granted(UUID owner, UUID account) {
        TreeState tree = ofLate(owner);
        return tree.entries().values().stream().flatMap(entry -> granted(tree, entry, account).stream()).toList();
    }

    @Override
    public Optional<Granted> granted(UUID owner, String name, UUID account) {
        TreeState tree = ofLate(owner);
        return tree.mailbox(new MailboxName(name)).flatMap(entry -> granted(tree, entry, account));
    }

    private static Optional<Granted> granted(TreeState tree, TreeEntry entry, UUID account) {
        return Optional.of(entry).filter(it -> it.mailbox().isPresent() && it.rightsOf(account).has(Right.LOOKUP))
                .map(it -> new Granted(shown(tree, it.name()), it.rightsOf(account)));
    }

    @Override
    public Map<UUID, Rights> acl(UUID owner, UUID mailbox) {
        return existing(owner).byId(mailbox).map(TreeEntry::acl).orElseThrow(() -> new StoreException(Problem.NOT_FOUND, "no such mailbox"));
    }

    @Override
    public void grant(UUID owner, UUID mailbox, UUID account, UnaryOperator<Rights> rights) {
        TreeState other = existing(account);
        if (!other.sharedBy().contains(owner)) {
            if (other.sharedBy().size() >= MOST_SHARING) {
                throw new StoreException(Problem.LIMIT, "too many accounts share with this one");
            }
            // Noted before: what is granted is always found, and what is noted only, shows nothing.
            table.share(account, owner, true);
        }
        change(owner, true, now -> decisions.grant(now, mailbox, account, rights));
        settle(account, owner);
        listener.committed(account, Optional.empty(), other.version());
    }

    /**
     * Notes with an account whether another shares anything with it, as the other's tree says. Whoever changes that tree settles it
     * afterwards, and looks again after taking the note away: so of a grant and a withdrawal at the same time the grant is found.
     */
    private void settle(UUID account, UUID owner) {
        if (!shares(owner, account)) {
            table.share(account, owner, false);
        }
        if (shares(owner, account) && !read(account).sharedBy().contains(owner)) {
            table.share(account, owner, true);
        }
    }

    private boolean shares(UUID owner, UUID account) {
        return read(owner).entries().values().stream().anyMatch(entry -> !entry.rightsOf(account).equals(Rights.NONE));
    }

    @Override
    public UUID inbox(UUID account) {
        return existing(account).required(MailboxName.INBOX).mailbox().orElseThrow();
    }

    /** Whether there is such an account. */
    public boolean isThere(UUID account) {
        return read(account).isThere();
    }

    /** The mailbox of a name; empty when there is none. */
    public Optional<UUID> find(UUID account, String name) {
        return existing(account).mailbox(parse(name)).flatMap(TreeEntry::mailbox);
    }

    @Override
    public boolean has(UUID account, UUID mailbox) {
        return read(account).has(mailbox);
    }

    @Override
    public Mailbox create(UUID account, CreateRequest request) {
        MailboxName name = parse(request.getName());
        TreeState after = change(account, true, now -> decisions.create(now, name, request.getSpecialUseList()));
        return shown(after, name);
    }

    @Override
    public void delete(UUID account, DeleteRequest request) {
        MailboxName name = parse(request.getName());
        Set<UUID> guests = new HashSet<>();
        change(account, true, now -> {
            now.mailbox(name).ifPresent(entry -> guests.addAll(entry.acl().keySet()));
            return decisions.delete(now, name);
        });
        quotas.freed(account);
        guests.forEach(guest -> settle(guest, account));
    }

    @Override
    public void rename(UUID account, RenameRequest request) {
        MailboxName from = parse(request.getFrom());
        MailboxName to = parse(request.getTo());
        if (from.equals(MailboxName.INBOX)) {
            moveInbox(account, to);
        } else {
            change(account, true, now -> decisions.rename(now, from, to));
        }
    }

    /** RFC 9051 §6.3.6: INBOX stays, empty; its inferiors stay too. */
    private void moveInbox(UUID account, MailboxName to) {
        TreeState after = change(account, true, now -> decisions.create(now, to, List.of()));
        RoaringBitmap all = RoaringBitmap.bitmapOfRange(1, 1L << 32);
        copier.copy(account, CopyRequest.newBuilder()
                .setFrom(Uuids.toBytes(after.required(MailboxName.INBOX).mailbox().orElseThrow()))
                .setTo(Uuids.toBytes(after.required(to).mailbox().orElseThrow()))
                .setUids(UidSet.toBytes(all)).setMove(true).build());
    }

    @Override
    public void subscribe(UUID account, SubscribeRequest request) {
        MailboxName name = parse(request.getName());
        change(account, true, now -> decisions.subscribe(now, name, request.getSubscribed()));
    }

    private MailboxName parse(String name) {
        return MailboxName.parse(name, limits);
    }

    private TreeState existing(UUID account) {
        TreeState now = read(account);
        if (!now.isThere()) {
            throw new StoreException(Problem.NOT_FOUND, "no such account");
        }
        return now;
    }

    private TreeState read(UUID account) {
        long asking = System.nanoTime();
        Optional<TreeState> known = recent.known(account);
        TreeState now = table.read(account, known);
        // A release that knows of no names beside headers takes none away: during an update one may have changed them.
        known.filter(before -> before.version() < now.version()).ifPresent(before -> store.unnamed(before.unnamed(now), now.version()));
        recent.add(account, now, asking);
        return now;
    }

    /** One change of a tree at a time on this pod: conditional writes that meet only hold each other up. */
    private TreeState change(UUID account, boolean mustExist, Function<TreeState, TreeChange> decide) {
        ReentrantLock lock = changing[Math.floorMod(account.hashCode(), changing.length)];
        lock.lock();
        try {
            return commit(account, mustExist, decide);
        } finally {
            lock.unlock();
        }
    }

    /** Decides and commits, again when another pod was faster. */
    private TreeState commit(UUID account, boolean mustExist, Function<TreeState, TreeChange> decide) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            TreeState now = mustExist ? existing(account) : read(account);
            TreeChange change = decide.apply(now);
            if (change.isEmpty()) {
                return now;
            }
            UUID txn = UUID.randomUUID();
            TreeState after = now.changed(change, txn);
            change.created().forEach((id, uidValidity) -> store.create(account, id, uidValidity));
            store.unnamed(now.unnamed(after), after.version());
            doomed.add(account, change.deleted());
            long begun = System.nanoTime();
            if (table.commit(account, now, change, txn)) {
                recent.add(account, after, begun);
                change.deleted().forEach(id -> store.remove(account, id));
                listener.committed(account, Optional.empty(), now.version() + 1);
                return after;
            }
            LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(PAUSE_NANOS * (attempt + 1)));
        }
        throw new StoreException(Problem.UNAVAILABLE, "the tree changed each time");
    }

    /** All accounts that have or had mailboxes, in parts; the order is the same each time. */
    public List<UUID> accounts(Optional<UUID> after, int most) {
        return table.accounts(after, most);
    }

    /**
     * Lets the tree that a backup brought back go on beyond the versions that it had after that: the headers of mailboxes, which were copied at
     * another moment, may tell names of those (see {@link MailboxStore#named}).
     */
    public void advance(UUID account) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            TreeState now = table.read(account);
            if (now.txn().isEmpty() || table.commit(account, now.beyond(LOST_VERSIONS), TreeChange.none(now), UUID.randomUUID())) {
                return;
            }
        }
        throw new StoreException(Problem.UNAVAILABLE, "the tree changed each time");
    }

    /** The mailboxes of an account that have a name. */
    public List<UUID> mailboxes(UUID account) {
        return table.read(account).entries().values().stream().flatMap(entry -> entry.mailbox().stream()).toList();
    }

    /** What the accounts may hold. */
    public AccountQuotas quotas() {
        return quotas;
    }

    /** Mailboxes that were deleted, for the sweeper. */
    public DoomedMailboxes doomed() {
        return doomed;
    }
}
