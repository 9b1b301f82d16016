package org.postel.imap.command;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.postel.mailbox.api.v1.SummariesRequest;
import org.postel.mailbox.api.v1.SummaryRow;
import org.roaringbitmap.IntIterator;
import org.roaringbitmap.RoaringBitmap;

/**
 * What mailbox-service told of messages for pages of a list: who looks at a page again, in this session or another one, is answered
 * without a call. A UID is never given to another message (RFC 9051 §2.3.1.1) and a message never changes, so nothing here grows old;
 * flags are looked up when they are sent. Bounded by octets over all sessions. For any number of threads.
 */
public final class KnownSummaries {

    /** Who asks for more makes a copy of the mailbox, which would push out the pages that people come back to. */
    static final int MOST_MESSAGES = 200;
    /** Octets of a request without its UIDs: names of header fields are the client's, and each place has them. */
    private static final int LONGEST_REQUEST = 2 << 10;
    /** What a row or a request takes once it was parsed, in proportion to its octets, and what its place takes. */
    private static final int PARSED = 4;
    private static final int OVERHEAD = 256;

    /** @param what a request without UIDs: the mailbox, and which parts of a row */
    private record Key(SummariesRequest what, int uid) {
    }

    private final Cache<Key, SummaryRow> rows;

    /** @param octets about as many in memory at most; 0 for none */
    public KnownSummaries(long octets) {
        rows = Caffeine.newBuilder().maximumWeight(octets).executor(Runnable::run)
                .weigher((Key key, SummaryRow row) -> OVERHEAD + PARSED * (key.what().getSerializedSize() + row.getSerializedSize())).build();
    }

    /** Whether rows of this request may be remembered: a preview may be made later. */
    static boolean lasting(SummariesRequest request, RoaringBitmap uids) {
        return !request.getPreview() && uids.getCardinality() <= MOST_MESSAGES && what(request).getSerializedSize() <= LONGEST_REQUEST;
    }

    /** The rows of all these messages; empty when one of them is not here, for then a call tells all. */
    Optional<List<SummaryRow>> find(SummariesRequest request, RoaringBitmap uids) {
        SummariesRequest what = what(request);
        List<SummaryRow> found = new ArrayList<>(uids.getCardinality());
        for (IntIterator each = uids.getIntIterator(); each.hasNext();) {
            SummaryRow row = rows.getIfPresent(new Key(what, each.next()));
            if (row == null) {
                return Optional.empty();
            }
            found.add(row);
        }
        return Optional.of(found);
    }

    /** Keeps what the request was answered. */
    void keep(SummariesRequest request, List<SummaryRow> answered) {
        SummariesRequest what = what(request);
        answered.forEach(row -> rows.put(new Key(what, row.getUid()), row));
    }

    private static SummariesRequest what(SummariesRequest request) {
        return request.toBuilder().clearUids().build();
    }
}
