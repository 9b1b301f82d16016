package org.postel.mailbox.api;

import java.util.Arrays;
import java.util.Set;
import org.postel.mailbox.api.MailboxState.Column;
import org.roaringbitmap.RoaringBitmap;

/**
 * What is known of each message, one array per item, in UID order: position p is message sequence number p + 1. 4 octets a
 * message and what {@link MailboxStateModseqs} takes; 4, 8 and 16 more for size, internal date and message id where kept.
 */
final class MailboxStateColumns {

    static final int ID_BYTES = 16;
    private static final int FIRST_CAPACITY = 16;

    private int count;
    private int[] uids = new int[FIRST_CAPACITY];
    private MailboxStateModseqs modseqs = new MailboxStateModseqs();
    private int[] sizes = {};
    private long[] dates = {};
    private byte[] ids = {};
    private final Set<Column> kept;

    MailboxStateColumns(Set<Column> kept) {
        this.kept = kept;
        grow(FIRST_CAPACITY);
    }

    MailboxStateColumns copy() {
        MailboxStateColumns copy = new MailboxStateColumns(kept);
        copy.count = count;
        copy.uids = uids.clone();
        copy.modseqs = modseqs.copy();
        copy.sizes = sizes.clone();
        copy.dates = dates.clone();
        copy.ids = ids.clone();
        return copy;
    }

    int count() {
        return count;
    }

    int uid(int position) {
        return uids[position];
    }

    long modseq(int position) {
        return modseqs.get(position);
    }

    void modseq(int position, long modseq) {
        modseqs.set(position, modseq);
    }

    /** The UIDs of messages whose MODSEQ is above this one. */
    RoaringBitmap changedSince(long modseq) {
        RoaringBitmap changed = new RoaringBitmap();
        modseqs.above(modseq, position -> changed.add(uids[position]));
        return changed;
    }

    /** Many MODSEQs were moved: they may take less memory now. */
    void packModseqs() {
        modseqs.pack();
    }

    long size(int position) {
        return Integer.toUnsignedLong(sizes[position]);
    }

    long date(int position) {
        return dates[position];
    }

    byte[] id(int position) {
        return Arrays.copyOfRange(ids, position * ID_BYTES, (position + 1) * ID_BYTES);
    }

    boolean keeps(Column column) {
        return kept.contains(column);
    }

    void reserve(int more) {
        if (count + more > uids.length) {
            grow(Math.max(count + more, count + (count >> 1)));
        }
    }

    void add(int uid, long modseq) {
        reserve(1);
        uids[count] = uid;
        modseqs.add(modseq);
        count++;
    }

    /** Sizes above 4 GiB are kept as 4 GiB - 1. */
    void size(int position, long size) {
        if (keeps(Column.SIZE)) {
            sizes[position] = (int) Math.min(size, 0xffff_ffffL);
        }
    }

    void date(int position, long millis) {
        if (keeps(Column.INTERNAL_DATE)) {
            dates[position] = millis;
        }
    }

    void id(int position, byte[] octets, int from) {
        if (keeps(Column.MESSAGE_ID)) {
            System.arraycopy(octets, from, ids, position * ID_BYTES, ID_BYTES);
        }
    }

    /** The position of a UID, or where it would be, as {@link Arrays#binarySearch} tells it. UIDs are unsigned. */
    int find(int uid) {
        int low = 0;
        int high = count - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = Integer.compareUnsigned(uids[middle], uid);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -(low + 1);
    }

    /** As {@link #find}, quick when the UID is the one at this position. */
    int findNear(int uid, int position) {
        return position < count && uids[position] == uid ? position : find(uid);
    }

    void remove(RoaringBitmap gone) {
        int first = find(gone.first());
        int to = first;
        MailboxStateModseqs left = modseqs.upTo(first);
        for (int from = first; from < count; from++) {
            if (!gone.contains(uids[from])) {
                left.add(modseqs.get(from));
                move(from, to++);
            }
        }
        modseqs = left;
        count = to;
    }

    private void move(int from, int to) {
        uids[to] = uids[from];
        if (keeps(Column.SIZE)) {
            sizes[to] = sizes[from];
        }
        if (keeps(Column.INTERNAL_DATE)) {
            dates[to] = dates[from];
        }
        if (keeps(Column.MESSAGE_ID)) {
            System.arraycopy(ids, from * ID_BYTES, ids, to * ID_BYTES, ID_BYTES);
        }
    }

    private void grow(int capacity) {
        uids = Arrays.copyOf(uids, capacity);
        sizes = keeps(Column.SIZE) ? Arrays.copyOf(sizes, capacity) : sizes;
        dates = keeps(Column.INTERNAL_DATE) ? Arrays.copyOf(dates, capacity) : dates;
        ids = keeps(Column.MESSAGE_ID) ? Arrays.copyOf(ids, capacity * ID_BYTES) : ids;
    }

    long weight() {
        return uids.length * 4L + modseqs.weight() + sizes.length * 4L + dates.length * 8L + ids.length;
    }
}
