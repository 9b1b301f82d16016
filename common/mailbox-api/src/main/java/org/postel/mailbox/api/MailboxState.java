package org.postel.mailbox.api;

import com.google.protobuf.ByteString;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.postel.mailbox.api.v1.Change;
import org.postel.mailbox.api.v1.ChangesChunk;
import org.postel.mailbox.api.v1.MailboxHeader;
import org.postel.mailbox.api.v1.MessageRow;
import org.postel.mailbox.api.v1.SnapshotChunk;
import org.roaringbitmap.IntIterator;
import org.roaringbitmap.RoaringBitmap;

/**
 * The folded state of one mailbox. mailbox-service keeps one for each open mailbox, and a gateway's session starts its view
 * from one, so both give a row the same meaning. {@code fold} loads snapshot chunks, {@code apply} is the only change.
 *
 * <p>Invariants, asserted on every row (RFC 9051 §2.3.1.1, RFC 7162 §3.1): UIDs strictly rise and are never given twice;
 * the MODSEQ of arrivals and of changes strictly rises, that of a message too; a change speaks of messages that are there.
 * A row that breaks one is an {@link IllegalStateException}, and the state is to be thrown away.
 *
 * <p>Not safe for use by several threads at once. A UID is unsigned in its {@code int}.
 */
public final class MailboxState {

    /** What can be kept of each message besides its UID, MODSEQ and flags. */
    public enum Column { SIZE, INTERNAL_DATE, MESSAGE_ID }

    public static final String SEEN = "\\Seen";
    public static final String DELETED = "\\Deleted";

    private final MailboxStateColumns columns;
    private final MailboxStateFlags flags;
    private final RoaringBitmap uids;
    private MailboxHeader header = MailboxHeader.getDefaultInstance();
    private int uidNext = 1;
    private long bytes;
    private long modseq;
    private long arrivalModseq;
    private long changeModseq;

    /** An empty one, to be filled by {@link #fold}; keeps these columns. */
    public MailboxState(Set<Column> columns) {
        this.columns = new MailboxStateColumns(columns.isEmpty() ? EnumSet.noneOf(Column.class) : EnumSet.copyOf(columns));
        this.flags = new MailboxStateFlags();
        this.uids = new RoaringBitmap();
    }

    private MailboxState(MailboxState other) {
        columns = other.columns.copy();
        flags = other.flags.copy();
        uids = other.uids.clone();
        header = other.header;
        uidNext = other.uidNext;
        bytes = other.bytes;
        modseq = other.modseq;
        arrivalModseq = other.arrivalModseq;
        changeModseq = other.changeModseq;
    }

    /** Another one of the same mailbox at the same point; from here on each goes its own way. */
    public MailboxState copy() {
        return new MailboxState(this);
    }

    /** Takes the next chunk of a snapshot, in order. */
    public void fold(SnapshotChunk chunk) {
        if (chunk.hasHeader()) {
            header = chunk.getHeader();
            uidNext = header.getUidNext();
            bytes = header.getBytes();
            modseq = header.getModseq();
            arrivalModseq = modseq;
            changeModseq = modseq;
        }
        new MailboxStateChunks(columns, flags, uids).read(chunk);
    }

    /** A message arrived. */
    public void apply(MessageRow row) {
        int uid = row.getUid();
        require(Integer.compareUnsigned(uid, uidNext) >= 0, "UID given again: ", uid);
        require(row.getModseq() > arrivalModseq, "MODSEQ of an arrival does not rise: ", row.getModseq());
        int position = columns.count();
        columns.add(uid, row.getModseq());
        columns.size(position, row.getSize());
        columns.date(position, row.getInternalDate());
        if (columns.keeps(Column.MESSAGE_ID)) {
            columns.id(position, row.getMessageId().toByteArray(), 0);
        }
        uids.add(uid);
        row.getFlagsList().forEach(flag -> flags.add(flag, uid));
        uidNext = uid + 1;
        bytes += row.getSize();
        arrivalModseq = row.getModseq();
        modseq = Math.max(modseq, arrivalModseq);
    }

    /** Something happened to messages that are there. */
    public void apply(Change change) {
        RoaringBitmap touched = UidSet.parse(change.getUids());
        require(change.getModseq() > changeModseq, "MODSEQ of a change does not rise: ", change.getModseq());
        require(uids.contains(touched), "a change of messages that are not there, MODSEQ ", change.getModseq());
        switch (change.getWhatCase()) {
            case ADDED -> change.getAdded().getFlagList().forEach(flag -> flags.add(flag, touched));
            case REMOVED -> change.getRemoved().getFlagList().forEach(flag -> flags.remove(flag, touched));
            case SET -> flags.set(change.getSet().getFlagList(), touched);
            case EXPUNGED -> expunge(touched);
            case WHAT_NOT_SET -> throw new IllegalStateException("a change of an unknown kind");
        }
        if (!change.hasExpunged()) {
            moveModseq(touched, change.getModseq());
        }
        changeModseq = change.getModseq();
        modseq = Math.max(modseq, changeModseq);
    }

    /** Part of what happened, in the order it came: arrivals, then changes, then the header where it has one. */
    public void apply(ChangesChunk chunk) {
        chunk.getArrivalsList().forEach(this::apply);
        chunk.getChangesList().forEach(this::apply);
        if (chunk.hasHeader()) {
            apply(chunk.getHeader());
        }
    }

    /** The header that the rows applied before lead to: brings what no row tells, such as {@code recent_from}. */
    public void apply(MailboxHeader next) {
        require(next.getUidValidity() == header.getUidValidity(), "UIDVALIDITY changed: ", next.getUidValidity());
        require(next.getModseq() >= modseq, "MODSEQ goes back: ", next.getModseq());
        require(Integer.compareUnsigned(next.getUidNext(), uidNext) >= 0, "UIDNEXT goes back: ", next.getUidNext());
        require(next.getMessages() == uids.getCardinality(), "another number of messages: ", next.getMessages());
        header = next;
        uidNext = next.getUidNext();
        bytes = next.getBytes();
        modseq = next.getModseq();
        arrivalModseq = modseq;
        changeModseq = modseq;
    }

    private void expunge(RoaringBitmap gone) {
        if (gone.isEmpty()) {
            return;
        }
        if (columns.keeps(Column.SIZE)) {
            gone.forEach((int uid) -> bytes -= columns.size(columns.find(uid)));
        }
        columns.remove(gone);
        flags.clear(gone);
        uids.andNot(gone);
    }

    private void moveModseq(RoaringBitmap touched, long to) {
        int position = 0;
        for (IntIterator each = touched.getIntIterator(); each.hasNext(); position++) {
            position = columns.findNear(each.next(), position);
            require(to > columns.modseq(position), "MODSEQ of a message does not rise: ", to);
            columns.modseq(position, to);
        }
        if (touched.getCardinality() >= MailboxStateModseqs.BLOCK) {
            columns.packModseqs();
        }
    }

    /** Where the mailbox stands now; its counts are those of this state. */
    public MailboxHeader header() {
        int messages = uids.getCardinality();
        return header.toBuilder()
                .setUidNext(uidNext)
                .setModseq(modseq)
                .setMessages(messages)
                .setUnseen(messages - flags.uids(SEEN).getCardinality())
                .setDeleted(flags.uids(DELETED).getCardinality())
                .setBytes(bytes)
                .build();
    }

    /** The highest MODSEQ. */
    public long modseq() {
        return modseq;
    }

    /** How many messages there are. */
    public int messages() {
        return columns.count();
    }

    /** All UIDs: a view that the caller does not change, and clones to keep. */
    public RoaringBitmap uids() {
        return uids;
    }

    /** The messages with a flag: a view that the caller does not change, and clones to keep. */
    public RoaringBitmap flag(String name) {
        return flags.uids(name);
    }

    /** The flags and keywords that some message has. */
    public List<String> flags() {
        return flags.names();
    }

    /** The flags of one message. */
    public List<String> flagsOf(int uid) {
        return flags.of(uid);
    }

    /**
     * The UID of a message sequence number, which counts from 1 (RFC 9051 §2.3.1.2).
     *
     * @throws IndexOutOfBoundsException when there are not that many messages
     */
    public int uidAt(int sequenceNumber) {
        if (sequenceNumber < 1 || sequenceNumber > columns.count()) {
            throw new IndexOutOfBoundsException("no message number " + sequenceNumber);
        }
        return columns.uid(sequenceNumber - 1);
    }

    /** The message sequence number of a UID; 0 when there is no such message. */
    public int sequenceNumber(int uid) {
        return Math.max(0, columns.find(uid) + 1);
    }

    /** How many messages have a UID up to and with this one. */
    public int rank(int uid) {
        int position = columns.find(uid);
        return position >= 0 ? position + 1 : -position - 1;
    }

    /** The MODSEQ of a message that is there. */
    public long modseq(int uid) {
        return columns.modseq(position(uid));
    }

    /**
     * The messages that are there and whose MODSEQ is above this one (RFC 7162 §3.1.4.1); the caller owns the set. Looks at
     * the blocks of messages that have one, not at all messages.
     */
    public RoaringBitmap changedSince(long modseq) {
        return columns.changedSince(modseq);
    }

    /** Octets of a message that is there; at most 4 GiB - 1. Needs {@link Column#SIZE}. */
    public long size(int uid) {
        return columns.size(position(uid));
    }

    /** INTERNALDATE of a message that is there, milliseconds since the epoch. Needs {@link Column#INTERNAL_DATE}. */
    public long internalDate(int uid) {
        return columns.date(position(uid));
    }

    /** The 16 octets that name the content of a message that is there. Needs {@link Column#MESSAGE_ID}. */
    public ByteString messageId(int uid) {
        return ByteString.copyFrom(columns.id(position(uid)));
    }

    /** Whether this is kept. */
    public boolean keeps(Column column) {
        return columns.keeps(column);
    }

    /**
     * The state as a snapshot, in UID order, at least one chunk. Each is made when it is asked for, so the state must not
     * change until the last one was.
     *
     * @param most     messages in one chunk
     * @param including the columns to fill in, of those that are kept
     */
    public Iterator<SnapshotChunk> chunks(int most, Set<Column> including) {
        return new MailboxStateChunks(columns, flags, uids).write(header(), most, including);
    }

    /** About how many octets of memory it takes. */
    public long weight() {
        return columns.weight() + flags.weight() + uids.getLongSizeInBytes() + 512;
    }

    private int position(int uid) {
        int position = columns.find(uid);
        if (position < 0) {
            throw new IllegalArgumentException("no message with UID " + Integer.toUnsignedString(uid));
        }
        return position;
    }

    private static void require(boolean law, String broken, long value) {
        if (!law) {
            throw new IllegalStateException(broken + value);
        }
    }
}
