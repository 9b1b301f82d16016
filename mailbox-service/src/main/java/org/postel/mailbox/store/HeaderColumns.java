package org.postel.mailbox.store;

import com.datastax.oss.driver.api.core.cql.Row;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.postel.mailbox.api.v1.MailboxHeader;

/** The header as static columns, in and out. */
final class HeaderColumns {

    private static final String SET = """
            UPDATE mailbox_log SET account_id = ?, uid_validity = ?, uid_next = ?, modseq = ?, messages = ?, unseen = ?, deleted = ?, \
            bytes = ?, recent_from = ?, fence = ?, gone = ?, last_txn = ?""";

    /** Moves the header; the values are {@link #values}, the mailbox and the commit before. */
    static final String MOVE = SET + " WHERE mailbox_id = ? IF last_txn = ? AND tenure = null";
    /** As {@link #MOVE}, and begins a tenure: as before, but last_txn is null; then its name, look and epoch. */
    static final String BEGIN = SET + ", tenure = ?, tenure_look = ?, epoch = ? WHERE mailbox_id = ? IF last_txn = ? AND tenure = null";
    /** Moves the header and ends the tenure that is named, by its own writer. */
    static final String LEAVE = SET + ", tenure = null, tenure_look = null WHERE mailbox_id = ? IF tenure = ? AND ending = null";
    /** Takes over where a tenure ended. */
    static final String DECIDE = SET + ", ending = 2 WHERE mailbox_id = ? IF tenure = ? AND ending = 1";

    /** What {@link #read} wants to find. */
    static final String ALL = """
            mailbox_id, account_id, uid_validity, uid_next, modseq, messages, unseen, deleted, bytes, recent_from, fence, gone, last_txn, name, \
            log_from, snapshot, snapshot_seq, snapshot_modseq, tenure, tenure_look, epoch, ending, tip""";

    private HeaderColumns() {}

    /** The headers by mailbox. */
    static Map<UUID, LogHeader> read(Iterable<Row> rows) {
        Map<UUID, LogHeader> headers = new HashMap<>();
        rows.forEach(row -> read(row).ifPresent(header -> headers.put(row.getUuid("mailbox_id"), header)));
        return headers;
    }

    static Optional<LogHeader> read(Row row) {
        return found(row).map(FoundHeader::header);
    }

    static Optional<FoundHeader> found(Row row) {
        LogHeader.Tenancy tenancy = tenancy(row);
        Optional<UUID> txn = Optional.ofNullable(row.getUuid("last_txn")).or(tenancy::tenure);
        if (txn.isEmpty()) {
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
        LogHeader columns = new LogHeader(mailbox, row.getUuid("account_id"), row.getLong("fence"), row.getBoolean("gone"),
                txn, Optional.ofNullable(row.getString("name")).filter(name -> !name.isEmpty()), position, tenancy);
        Optional<Tip> tip = Tip.read(row, columns);
        return Optional.of(new FoundHeader(tip.map(Tip::last).orElse(columns), tip));
    }

    /** Who may commit; needs the columns tenure, tenure_look, epoch and ending. */
    static LogHeader.Tenancy tenancy(Row row) {
        return new LogHeader.Tenancy(row.getLong("epoch"), Optional.ofNullable(row.getUuid("tenure")), Duration.ofMillis(row.getLong("tenure_look")),
                LogHeader.Ending.values()[row.getByte("ending")]);
    }

    /**
     * The values of the columns, and after them the others that a statement wants.
     *
     * @param txn that is now last; null while there is a tenure
     */
    static Object[] values(LogHeader to, UUID txn, Object... others) {
        MailboxHeader mailbox = to.mailbox();
        Object[] columns = {
            to.account(), Integer.toUnsignedLong(mailbox.getUidValidity()), Integer.toUnsignedLong(mailbox.getUidNext()),
            mailbox.getModseq(), mailbox.getMessages(), mailbox.getUnseen(), mailbox.getDeleted(), mailbox.getBytes(),
            Integer.toUnsignedLong(mailbox.getRecentFrom()), to.fence(), to.gone(), txn
        };
        Object[] all = new Object[columns.length + others.length];
        System.arraycopy(columns, 0, all, 0, columns.length);
        System.arraycopy(others, 0, all, columns.length, others.length);
        return all;
    }

    static ByteString octets(UUID id) {
        return ByteString.copyFrom(ByteBuffer.allocate(16).putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits()).flip());
    }
}
