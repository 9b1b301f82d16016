package org.postel.mailbox.metadata;

import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.postel.mailbox.cassandra.Cql;
import org.postel.mailbox.cassandra.UnknownOutcomeException;
import org.postel.mailbox.storage.StoreException;
import org.postel.mailbox.storage.StoreException.Problem;

/** The table {@code mailbox_metadata}. */
final class MetadataTable {

    private static final String COUNTS = "SELECT entry_count, octets, last_txn FROM mailbox_metadata WHERE account_id = ? LIMIT 1";
    private static final String OF_MAILBOX = "SELECT entry, value FROM mailbox_metadata WHERE account_id = ? AND mailbox_id = ?";
    private static final String ALL = "SELECT mailbox_id, entry, value FROM mailbox_metadata WHERE account_id = ?";
    private static final String MOVE = """
            UPDATE mailbox_metadata SET entry_count = ?, octets = ?, last_txn = ? WHERE account_id = ? IF last_txn = ?""";
    private static final String PUT = "INSERT INTO mailbox_metadata (account_id, mailbox_id, entry, value) VALUES (?, ?, ?, ?)";
    private static final String REMOVE = "DELETE FROM mailbox_metadata WHERE account_id = ? AND mailbox_id = ? AND entry = ?";

    private final Cql cql;

    MetadataTable(Cql cql) {
        this.cql = cql;
    }

    /** What an account has, over all mailboxes. */
    record Counts(int entries, long octets, Optional<UUID> txn) {}

    Counts counts(UUID account) {
        return Optional.ofNullable(cql.read(COUNTS, account).one())
                .map(row -> new Counts(row.getInt("entry_count"), row.getLong("octets"), Optional.ofNullable(row.getUuid("last_txn"))))
                .orElse(new Counts(0, 0, Optional.empty()));
    }

    /** The entries of one mailbox, by name. */
    Map<String, ByteBuffer> of(UUID account, UUID mailbox) {
        Map<String, ByteBuffer> entries = new TreeMap<>();
        for (Row row : Cql.asking(() -> cql.read(OF_MAILBOX, account, mailbox).all())) {
            entries.put(row.getString("entry"), row.getByteBuffer("value"));
        }
        return entries;
    }

    /** The entries of all mailboxes, by mailbox and name. */
    Map<UUID, Map<String, ByteBuffer>> all(UUID account) {
        Map<UUID, Map<String, ByteBuffer>> mailboxes = new HashMap<>();
        for (Row row : Cql.asking(() -> cql.read(ALL, account).all())) {
            if (!row.isNull("entry")) {
                mailboxes.computeIfAbsent(row.getUuid("mailbox_id"), id -> new TreeMap<>()).put(row.getString("entry"), row.getByteBuffer("value"));
            }
        }
        return mailboxes;
    }

    /**
     * Sets entries of one mailbox; an empty value removes one.
     *
     * @return false when somebody else changed something of the account meanwhile
     */
    boolean commit(UUID account, UUID mailbox, Counts before, Counts after, Map<String, Optional<ByteBuffer>> entries) {
        List<BatchableStatement<?>> batch = new ArrayList<>();
        batch.add(cql.bind(MOVE, after.entries(), after.octets(), UUID.randomUUID(), account, before.txn().orElse(null)));
        BiConsumer<String, Optional<ByteBuffer>> each = (entry, value) -> batch.add(value.isPresent()
                ? cql.bind(PUT, account, mailbox, entry, value.get()) : cql.bind(REMOVE, account, mailbox, entry));
        entries.forEach(each);
        try {
            return cql.applied(batch);
        } catch (UnknownOutcomeException e) {
            // Setting it again does the same.
            throw new StoreException(Problem.UNAVAILABLE, "the outcome of a change is unknown", e);
        }
    }
}
