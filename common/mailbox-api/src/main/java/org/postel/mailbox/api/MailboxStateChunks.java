package org.postel.mailbox.api;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import org.postel.mailbox.api.MailboxState.Column;
import org.postel.mailbox.api.v1.FlagBitmap;
import org.postel.mailbox.api.v1.MailboxHeader;
import org.postel.mailbox.api.v1.SnapshotChunk;
import org.roaringbitmap.IntIterator;
import org.roaringbitmap.RoaringBitmap;

/** A state as snapshot chunks, out and in. */
record MailboxStateChunks(MailboxStateColumns columns, MailboxStateFlags flags, RoaringBitmap uids) {

    void read(SnapshotChunk chunk) {
        RoaringBitmap here = UidSet.parse(chunk.getUids());
        if (here.isEmpty()) {
            return;
        }
        int first = columns.count();
        check(chunk, here, first);
        columns.reserve(here.getCardinality());
        uids.or(here);
        long modseq = 0;
        int index = 0;
        for (IntIterator each = here.getIntIterator(); each.hasNext(); index++) {
            modseq += chunk.getModseqDelta(index);
            columns.add(each.next(), modseq);
        }
        readColumns(chunk, first, index);
        for (FlagBitmap flag : chunk.getFlagsList()) {
            flags.add(flag.getFlag(), UidSet.parse(flag.getUids()));
        }
    }

    private void check(SnapshotChunk chunk, RoaringBitmap here, int first) {
        if (first > 0 && Integer.compareUnsigned(columns.uid(first - 1), here.first()) >= 0) {
            throw new IllegalStateException("snapshot chunks out of order");
        }
        if (chunk.getModseqDeltaCount() != here.getCardinality()) {
            throw new IllegalStateException("a snapshot chunk without a MODSEQ for each UID");
        }
    }

    private void readColumns(SnapshotChunk chunk, int first, int count) {
        for (int i = 0; i < Math.min(count, chunk.getSizeCount()); i++) {
            columns.size(first + i, chunk.getSize(i));
        }
        long date = 0;
        for (int i = 0; i < Math.min(count, chunk.getInternalDateDeltaCount()); i++) {
            date += chunk.getInternalDateDelta(i);
            columns.date(first + i, date);
        }
        if (columns.keeps(Column.MESSAGE_ID) && chunk.getMessageIds().size() == count * MailboxStateColumns.ID_BYTES) {
            byte[] ids = chunk.getMessageIds().toByteArray();
            for (int i = 0; i < count; i++) {
                columns.id(first + i, ids, i * MailboxStateColumns.ID_BYTES);
            }
        }
    }

    Iterator<SnapshotChunk> write(MailboxHeader header, int most, Set<Column> including) {
        return new Iterator<>() {
            private int from;
            private boolean started;

            @Override
            public boolean hasNext() {
                return !started || from < columns.count();
            }

            @Override
            public SnapshotChunk next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                int to = Math.min(columns.count(), from + most);
                SnapshotChunk.Builder chunk = chunk(from, to, including);
                if (!started) {
                    chunk.setHeader(header);
                }
                started = true;
                from = to;
                return chunk.build();
            }
        };
    }

    private SnapshotChunk.Builder chunk(int from, int to, Set<Column> including) {
        SnapshotChunk.Builder chunk = SnapshotChunk.newBuilder();
        RoaringBitmap here = new RoaringBitmap();
        long before = 0;
        for (int p = from; p < to; p++) {
            here.add(columns.uid(p));
            chunk.addModseqDelta(columns.modseq(p) - before);
            before = columns.modseq(p);
        }
        chunk.setUids(UidSet.toBytes(here));
        chunk.addAllFlags(flagsOf(here));
        writeColumns(chunk, from, to, including);
        return chunk;
    }

    private List<FlagBitmap> flagsOf(RoaringBitmap here) {
        List<FlagBitmap> found = new ArrayList<>();
        flags.forEach((name, all) -> {
            RoaringBitmap some = RoaringBitmap.and(all, here);
            if (!some.isEmpty()) {
                found.add(FlagBitmap.newBuilder().setFlag(name).setUids(UidSet.toBytes(some)).build());
            }
        });
        return found;
    }

    private void writeColumns(SnapshotChunk.Builder chunk, int from, int to, Set<Column> including) {
        long before = 0;
        ByteString.Output ids = ByteString.newOutput(includes(Column.MESSAGE_ID, including) ? (to - from) * MailboxStateColumns.ID_BYTES : 1);
        for (int p = from; p < to; p++) {
            if (includes(Column.SIZE, including)) {
                chunk.addSize(columns.size(p));
            }
            if (includes(Column.INTERNAL_DATE, including)) {
                chunk.addInternalDateDelta(columns.date(p) - before);
                before = columns.date(p);
            }
            if (includes(Column.MESSAGE_ID, including)) {
                ids.write(columns.id(p), 0, MailboxStateColumns.ID_BYTES);
            }
        }
        chunk.setMessageIds(ids.toByteString());
    }

    private boolean includes(Column column, Set<Column> including) {
        return including.contains(column) && columns.keeps(column);
    }
}
