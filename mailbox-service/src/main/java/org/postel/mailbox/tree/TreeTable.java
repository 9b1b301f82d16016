package org.postel.mailbox.tree;

import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.postel.mailbox.cassandra.Cql;
import org.postel.mailbox.cassandra.UnknownOutcomeException;
import org.postel.mailbox.storage.Quota;
import org.postel.mailbox.storage.Rights;
import org.postel.mailbox.storage.StoreException;
import org.postel.mailbox.storage.StoreException.Problem;

/** The table {@code mailbox_tree}. */
final class TreeTable {

    private static final String READ = """
            SELECT name, mailbox_id, uid_validity, special_use, subscribed, acl, shared_by, version, uid_validity_last, last_txn, quota_bytes, quota_messages \
            FROM mailbox_tree WHERE account_id = ?""";
    private static final String HEAD = """
            SELECT shared_by, version, uid_validity_last, last_txn, quota_bytes, quota_messages FROM mailbox_tree WHERE account_id = ? LIMIT 1""";
    private static final String ACCOUNTS = "SELECT DISTINCT account_id FROM mailbox_tree ";
    private static final String FIRST_ACCOUNTS = ACCOUNTS + "LIMIT ?";
    private static final String ACCOUNTS_AFTER = ACCOUNTS + "WHERE token(account_id) > token(?) LIMIT ?";
    private static final String LAST = "SELECT last_txn FROM mailbox_tree WHERE account_id = ? LIMIT 1";
    private static final String MOVE = """
            UPDATE mailbox_tree SET version = ?, uid_validity_last = ?, last_txn = ? WHERE account_id = ? IF last_txn = ?""";
    private static final String SHARE = "UPDATE mailbox_tree SET shared_by = shared_by + ? WHERE account_id = ? IF last_txn != null";
    private static final String SHARE_NO_MORE = "UPDATE mailbox_tree SET shared_by = shared_by - ? WHERE account_id = ? IF last_txn != null";
    private static final String LIMIT = """
            UPDATE mailbox_tree SET quota_bytes = ?, quota_messages = ? WHERE account_id = ? IF last_txn != null""";
    private static final String PUT = """
            INSERT INTO mailbox_tree (account_id, name, mailbox_id, uid_validity, special_use, subscribed, acl) VALUES (?, ?, ?, ?, ?, ?, ?)""";
    private static final String REMOVE = "DELETE FROM mailbox_tree WHERE account_id = ? AND name = ?";

    private static final int PAGE = 5000;
    private static final int READS = 20;
    private static final long PAUSE_NANOS = 2_000_000;

    private final Cql cql;
    private final RecentQuotas quotas;
    private final int page;

    /** @param quotas is told of each that is read */
    TreeTable(Cql cql, RecentQuotas quotas) {
        this(cql, quotas, PAGE);
    }

    /** @param page names that are read at once */
    TreeTable(Cql cql, RecentQuotas quotas, int page) {
        this.cql = cql;
        this.quotas = quotas;
        this.page = page;
    }

    /**
     * What an account has now. Each change of names has an id of its own, so where that of the last one is known one row is read,
     * however many names there are.
     *
     * @param known what it was before, as far as that is known
     */
    TreeState read(UUID account, Optional<TreeState> known) {
        return known.flatMap(before -> unchanged(account, before)).orElseGet(() -> read(account));
    }

    private Optional<TreeState> unchanged(UUID account, TreeState before) {
        return Optional.ofNullable(Cql.asking(() -> cql.read(HEAD, account).one()))
                .filter(row -> before.txn().isPresent() && before.txn().equals(Optional.ofNullable(row.getUuid("last_txn")))).map(row -> {
                    quotas.read(account, quota(row));
                    return before.sharedBy(row.getSet("shared_by", UUID.class));
                });
    }

    /**
     * All names. An account that never had a tree has an empty one.
     *
     * @throws StoreException UNAVAILABLE when the names changed each time that they were read
     */
    TreeState read(UUID account) {
        for (int attempt = 0; attempt < READS; attempt++) {
            List<Row> rows = Cql.asking(() -> cql.readPages(page, READ, account).all());
            if (rows.isEmpty()) {
                return TreeState.of(List.of(), 0, Optional.empty(), 0, Set.of());
            }
            if (areOfOneVersion(rows)) {
                quotas.read(account, quota(rows.getLast()));
                return tree(rows);
            }
            LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(PAUSE_NANOS * (attempt + 1)));
        }
        throw new StoreException(Problem.UNAVAILABLE, "the names changed each time that they were read");
    }

    // Many names come in several pages, each as of its moment, and each row with the header as of that moment.
    private static boolean areOfOneVersion(List<Row> rows) {
        UUID txn = rows.getLast().getUuid("last_txn");
        return rows.stream().allMatch(row -> Objects.equals(row.getUuid("last_txn"), txn));
    }

    private static TreeState tree(List<Row> rows) {
        List<TreeEntry> entries = rows.stream().filter(row -> !row.isNull("name")).map(TreeTable::entry).toList();
        Row header = rows.getLast();
        return TreeState.of(entries, header.getLong("version"), Optional.ofNullable(header.getUuid("last_txn")), (int) header.getLong("uid_validity_last"),
                header.getSet("shared_by", UUID.class));
    }

    /** Accounts that have or had a tree, in the order in which the cluster has them. */
    List<UUID> accounts(Optional<UUID> after, int most) {
        return Cql.asking(() -> after.map(last -> cql.read(ACCOUNTS_AFTER, last, most)).orElseGet(() -> cql.read(FIRST_ACCOUNTS, most)).all()).stream()
                .map(row -> row.getUuid("account_id")).toList();
    }

    private static Map<UUID, Rights> acl(Row row) {
        Map<UUID, Rights> acl = new HashMap<>();
        row.getMap("acl", UUID.class, String.class).forEach((account, letters) -> acl.put(account, Rights.of(letters)));
        return acl;
    }

    private static Map<UUID, String> letters(Map<UUID, Rights> acl) {
        Map<UUID, String> letters = new HashMap<>();
        acl.forEach((account, rights) -> letters.put(account, rights.letters()));
        return letters;
    }

    /**
     * Notes with an account that another shares mailboxes with it, or does so no longer.
     *
     * @return false when there is no such account
     */
    boolean share(UUID with, UUID owner, boolean shares) {
        try {
            return cql.applied(List.of(cql.bind(shares ? SHARE : SHARE_NO_MORE, Set.of(owner), with)));
        } catch (UnknownOutcomeException e) {
            throw new StoreException(Problem.UNAVAILABLE, "the outcome of a change is unknown", e);
        }
    }

    private static Quota quota(Row row) {
        return new Quota(limit(row, "quota_bytes"), limit(row, "quota_messages"));
    }

    private static OptionalLong limit(Row row, String column) {
        return row.isNull(column) ? OptionalLong.empty() : OptionalLong.of(row.getLong(column));
    }

    /** What an account may hold; empty where it has no tree. */
    Optional<Quota> quota(UUID account) {
        Optional<Quota> quota = Optional.ofNullable(Cql.asking(() -> cql.read(HEAD, account).one()))
                .filter(row -> !row.isNull("last_txn")).map(TreeTable::quota);
        quota.ifPresent(now -> quotas.read(account, now));
        return quota;
    }

    /**
     * Sets what an account may hold.
     *
     * @return false when it has no tree
     */
    boolean limit(UUID account, Quota quota) {
        try {
            return cql.applied(List.of(cql.bind(LIMIT, boxed(quota.bytes()), boxed(quota.messages()), account)));
        } catch (UnknownOutcomeException e) {
            throw new StoreException(Problem.UNAVAILABLE, "the outcome of a change is unknown", e);
        }
    }

    private static Long boxed(OptionalLong limit) {
        return limit.isPresent() ? limit.getAsLong() : null;
    }

    private static TreeEntry entry(Row row) {
        return new TreeEntry(new MailboxName(row.getString("name")), Optional.ofNullable(row.getUuid("mailbox_id")),
                (int) row.getLong("uid_validity"), row.getSet("special_use", String.class).stream().sorted().toList(), row.getBoolean("subscribed"), acl(row));
    }

    /**
     * Changes a tree.
     *
     * @param txn a new id, which the tree has from then on
     * @return false when it was changed by somebody else meanwhile
     * @throws StoreException UNAVAILABLE when the outcome could not be learned
     */
    boolean commit(UUID account, TreeState before, TreeChange change, UUID txn) {
        List<BatchableStatement<?>> batch = new ArrayList<>();
        batch.add(cql.bind(MOVE, before.version() + 1, Integer.toUnsignedLong(change.uidValidity()), txn, account, before.txn().orElse(null)));
        for (TreeEntry entry : change.entries()) {
            String name = entry.name().text();
            batch.add(entry.isKept()
                    ? cql.bind(PUT, account, name, entry.mailbox().orElse(null), Integer.toUnsignedLong(entry.uidValidity()),
                            new HashSet<>(entry.specialUse()), entry.subscribed(), letters(entry.acl()))
                    : cql.bind(REMOVE, account, name));
        }
        try {
            return cql.applied(batch);
        } catch (UnknownOutcomeException e) {
            return wasApplied(account, before, txn, e);
        }
    }

    private boolean wasApplied(UUID account, TreeState before, UUID txn, UnknownOutcomeException unknown) {
        Optional<UUID> last = cql.serial(LAST, account).map(row -> row.getUuid("last_txn"));
        if (last.equals(Optional.of(txn))) {
            return true;
        }
        if (last.equals(before.txn())) {
            return false;
        }
        throw new StoreException(Problem.UNAVAILABLE, "the tree changed again before the outcome was known", unknown);
    }
}
