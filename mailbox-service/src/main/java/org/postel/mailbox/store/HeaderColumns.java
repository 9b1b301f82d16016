package org.postel.mailbox.store;

import com.datastax.oss.driver.api.core.cql.Row;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.postel.mailbox.api.v1.MailboxHeader;

/** The header as static columns, in and out. */
final class HeaderColumns {

    /** Moves the header; the values are {@link #values} and the commit before. */
    static final String MOVE = """
            UPDATE mailbox_log SET account_id = ?, uid_validity = ?, uid_next = ?, modseq = ?, messages = ?, unseen = ?, deleted = ?, \
            bytes = ?, recent_from = ?, fence = ?, gone = ?, last_txn = ? WHERE mailbox_id = ? IF last_txn = ?""";

    private HeaderColumns() {}

    /** The headers by mailbox. */
    static Map<UUID, LogHeader> read(Iterable<Row> rows) {
        Map<UUID, LogHeader> headers = new HashMap<>();
        rows.forEach(row -> read(row).ifPresent(header -> headers.put(row.getUuid("mailbox_id"), header)));
        return headers;
    }

    static Optional<LogHeader> read(Row row) {
        if (row.isNull("last_txn")) {
            return Optional.empty();
        }
        MailboxHeader mailbox = MailboxHeader.newBuilder()
                .setMailboxId(octets(row.getUuid("mailbox_id")))
                .setUidValidity((int) row.getLong("uid_validity"))
                .setUidNext((int) row.getLong("uid_next"))
                .setModseq(row.getLong("modseq"))
                .setMessages(row.getInt("messages"))
                .setUnseen(row.getInt("unseen"))
                .setDeleted(row.getInt("deleted"))
                .setBytes(row.getLong("bytes"))
                .setRecentFrom((int) row.getLong("recent_from"))
                .build();
        LogHeader.SnapshotPosition position = new LogHeader.SnapshotPosition(row.getLong("snapshot"), row.getLong("snapshot_seq"),
                row.getLong("snapshot_modseq"), row.getLong("log_from"));
        return Optional.of(new LogHeader(mailbox, row.getUuid("account_id"), row.getLong("fence"), row.getBoolean("gone"),
                Optional.of(row.getUuid("last_txn")), Optional.ofNullable(row.getString("name")).filter(name -> !name.isEmpty()), position));
    }

    /** @param before the commit that the header is moved from; empty to create it */
    static Object[] values(UUID id, LogHeader to, Optional<UUID> before) {
        MailboxHeader mailbox = to.mailbox();
        return new Object[] {
            to.account(), Integer.toUnsignedLong(mailbox.getUidValidity()), Integer.toUnsignedLong(mailbox.getUidNext()),
            mailbox.getModseq(), mailbox.getMessages(), mailbox.getUnseen(), mailbox.getDeleted(), mailbox.getBytes(),
            Integer.toUnsignedLong(mailbox.getRecentFrom()), to.fence(), to.gone(), to.txn().orElseThrow(), id, before.orElse(null)
        };
    }

    static ByteString octets(UUID id) {
        return ByteString.copyFrom(ByteBuffer.allocate(16).putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits()).flip());
    }
}
