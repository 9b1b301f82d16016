package org.postel.mailbox.store;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.postel.mailbox.api.v1.Change;
import org.postel.mailbox.api.v1.MessageRow;
import org.postel.mailbox.api.v1.SnapshotChunk;
import org.postel.mailbox.cassandra.Cql;

/** Reads the table {@code mailbox_log}. */
final class MailboxLog {

    // Not 0, which is the first row of a folded log (LogFolder), and not 4: local data may still have such rows, see migration 004.
    static final byte MESSAGE = 1;
    static final byte CHANGE = 2;
    static final byte SNAPSHOT = 3;
    static final byte UNLINK = 5;

    private static final String HEADERS = "SELECT DISTINCT " + HeaderColumns.ALL + " FROM mailbox_log WHERE mailbox_id";
    private static final String HEADER = HEADERS + " = ?";
    private static final String SOME_HEADERS = HEADERS + " IN ?";
    private static final String TENANCY = "SELECT DISTINCT mailbox_id, tenure, tenure_look, epoch, ending FROM mailbox_log WHERE mailbox_id = ?";
    private static final String SLICE = """
            SELECT payload FROM mailbox_log WHERE mailbox_id = ? AND kind = ? AND position >= ? AND position < ?""";
    private static final String WHOLE = """
            SELECT payload, link, summary, txn, at FROM mailbox_log WHERE mailbox_id = ? AND kind = ? AND position >= ? AND position < ?""";
    private static final String NEWEST_MESSAGES = """
            SELECT payload FROM mailbox_log WHERE mailbox_id = ? AND kind = 1 ORDER BY kind DESC, position DESC""";
    private static final String ONE_MESSAGE = "SELECT payload FROM mailbox_log WHERE mailbox_id = ? AND kind = 1 AND position = ?";
    private static final SomeMessages ROWS = SomeMessages.with("payload");
    private static final SomeMessages SUMMARIZED = SomeMessages.with("payload, summary");
    private static final String TXN = "SELECT txn FROM mailbox_log WHERE mailbox_id = ? AND kind = ? AND position = ?";
    private static final int PAGE = 2000;
    private static final int SNAPSHOT_PAGE = 8;
    private static final int WHOLE_PAGE = 100;

    /** Reads messages whose UIDs are named, or lie in a range. */
    private record SomeMessages(String named, String range) {

        static SomeMessages with(String columns) {
            String some = "SELECT position, " + columns + " FROM mailbox_log WHERE mailbox_id = ? AND kind = 1 AND position ";
            return new SomeMessages(some + "IN ?", some + ">= ? AND position <= ?");
        }
    }

    private final Cql cql;
    private final HeaderReads<AsyncResultSet> headers;

    MailboxLog(Cql cql) {
        this.cql = cql;
        this.headers = new HeaderReads<>(this::someHeaders, rows -> HeaderColumns.read(rows.currentPage()));
    }

    /** A single one is asked of a node that has it. */
    private CompletionStage<AsyncResultSet> someHeaders(List<UUID> some) {
        return some.size() == 1 ? cql.readAsync(HEADER, some.getFirst()) : cql.readAsync(SOME_HEADERS, some);
    }

    /** The headers of many mailboxes, in their order, of those that ever were. */
    void headers(List<UUID> mailboxes, BiConsumer<UUID, LogHeader> to) {
        headers.read(mailboxes, to);
    }

    /** As it stands, certain or not ({@link CertainHeaders}). Empty when there never was such a mailbox. */
    Optional<LogHeader> header(UUID mailbox) {
        return Optional.ofNullable(cql.read(HEADER, mailbox).one()).flatMap(HeaderColumns::read);
    }

    /** As {@link #header}, with what it was read from. */
    Optional<FoundHeader> found(UUID mailbox) {
        return Optional.ofNullable(cql.read(HEADER, mailbox).one()).flatMap(HeaderColumns::found);
    }

    /** As {@link #found}, after every conditional commit that is under way. */
    Optional<FoundHeader> serialFound(UUID mailbox) {
        return cql.serial(HEADER, mailbox).flatMap(HeaderColumns::found);
    }

    /** As {@link #header}, after every conditional commit that is under way. */
    Optional<LogHeader> serialHeader(UUID mailbox) {
        return cql.serial(HEADER, mailbox).flatMap(HeaderColumns::read);
    }

    /** Who may commit; empty when there never was such a mailbox. */
    Optional<LogHeader.Tenancy> tenancy(UUID mailbox) {
        return Optional.ofNullable(cql.read(TENANCY, mailbox).one()).map(HeaderColumns::tenancy);
    }

    /**
     * Whether the last commit of a sole writer is there with all its rows. All of their columns are read at quorum, and thus
     * written to it where they were not.
     */
    boolean isWhole(UUID mailbox, Tip tip) {
        LogHeader before = tip.before();
        LogHeader last = tip.last();
        if (last.modseq() <= last.position().modseq()) {
            // Its rows may be folded already: a snapshot is written of what is certain.
            return true;
        }
        UUID txn = last.txn().orElseThrow();
        long found = rows(mailbox, MESSAGE, Integer.toUnsignedLong(before.mailbox().getUidNext()), Integer.toUnsignedLong(last.mailbox().getUidNext()), txn)
                + rows(mailbox, CHANGE, before.modseq() + 1, last.modseq() + 1, txn);
        return found == last.modseq() - before.modseq();
    }

    private long rows(UUID mailbox, byte kind, long from, long to, UUID txn) {
        long count = 0;
        var rows = cql.readPages(WHOLE_PAGE, WHOLE, mailbox, kind, from, to).iterator();
        while (Cql.asking(rows::hasNext)) {
            count += txn.equals(rows.next().getUuid("txn")) ? 1 : 0;
        }
        return count;
    }

    /** Messages that arrived with UIDs in {@code [from, to)}, ascending; expunged ones too. */
    void arrivals(UUID mailbox, long from, long to, Consumer<MessageRow> each) {
        slice(mailbox, MESSAGE, from, to, PAGE, MessageRow.parser(), each);
    }

    /** Changes with MODSEQs in {@code (after, to]}, ascending. */
    void changes(UUID mailbox, long after, long to, Consumer<Change> each) {
        slice(mailbox, CHANGE, after + 1, to + 1, PAGE, Change.parser(), each);
    }

    /** The chunks of a snapshot, in order; none when it was replaced. */
    void snapshot(UUID mailbox, long number, Consumer<SnapshotChunk> each) {
        slice(mailbox, SNAPSHOT, number, number + 1, SNAPSHOT_PAGE, SnapshotChunk.parser(), each);
    }

    private <M extends MessageLite> void slice(UUID mailbox, byte kind, long from, long to, int page, Parser<M> parser, Consumer<M> each) {
        if (from < to) {
            var rows = cql.readPages(page, SLICE, mailbox, kind, from, to).iterator();
            while (Cql.asking(rows::hasNext)) {
                each.accept(payload(rows.next(), parser));
            }
        }
    }

    /**
     * Messages from the newest back to the first that was saved before a moment (milliseconds since the epoch), that one
     * included.
     *
     * @return whether there is no older one
     */
    boolean newest(UUID mailbox, long savedSince, Consumer<MessageRow> each) {
        var rows = cql.readPages(PAGE / 20, NEWEST_MESSAGES, mailbox).iterator();
        while (Cql.asking(rows::hasNext)) {
            MessageRow message = payload(rows.next(), MessageRow.parser());
            each.accept(message);
            if (message.getSavedAt() < savedSince) {
                return false;
            }
        }
        return true;
    }

    /** The message of a UID, expunged ones that are not folded yet too. */
    Optional<MessageRow> message(UUID mailbox, int uid) {
        return Optional.ofNullable(cql.read(ONE_MESSAGE, mailbox, Integer.toUnsignedLong(uid)).one())
                .map(row -> payload(row, MessageRow.parser()));
    }

    /** Messages of some UIDs, at least one, ascending; what is not there is left out. */
    void messages(UUID mailbox, List<Long> uids, Consumer<MessageRow> each) {
        some(ROWS, mailbox, uids).forEach(row -> each.accept(payload(row, MessageRow.parser())));
    }

    /** As {@link #messages}, each with its MessageSummary as it is stored; empty when none is. */
    void summarized(UUID mailbox, List<Long> uids, BiConsumer<MessageRow, ByteString> each) {
        some(SUMMARIZED, mailbox, uids).forEach(row -> each.accept(payload(row, MessageRow.parser()),
                row.isNull("summary") ? ByteString.EMPTY : ByteString.copyFrom(row.getByteBuffer("summary"))));
    }

    private List<Row> some(SomeMessages messages, UUID mailbox, List<Long> uids) {
        long first = uids.getFirst();
        long last = uids.getLast();
        if (last - first >= 2L * uids.size()) {
            return Cql.asking(() -> cql.read(messages.named, mailbox, uids).all());
        }
        // Rows that are named are looked up one by one: where they lie close together a range is read at once.
        Set<Long> asked = new HashSet<>(uids);
        return Cql.asking(() -> cql.read(messages.range, mailbox, first, last).all()).stream()
                .filter(row -> asked.contains(row.getLong("position"))).toList();
    }

    /** Whether this row was written by that commit. */
    boolean wrote(UUID mailbox, LogRow row, UUID txn) {
        boolean arrival = row instanceof LogRow.Arrival;
        long position = row instanceof LogRow.Arrival(MessageRow message, var link, var summary)
                ? Integer.toUnsignedLong(message.getUid()) : row.modseq();
        return cql.serial(TXN, mailbox, arrival ? MESSAGE : CHANGE, position).map(found -> txn.equals(found.getUuid("txn"))).orElse(false);
    }

    private static <M extends MessageLite> M payload(Row row, Parser<M> parser) {
        try {
            return parser.parseFrom(row.getByteBuffer("payload"));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a row of a mailbox that cannot be read", e);
        }
    }
}
