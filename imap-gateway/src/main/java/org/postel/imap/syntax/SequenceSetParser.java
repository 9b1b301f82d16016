package org.postel.imap.syntax;

import java.util.ArrayList;
import java.util.List;

/** {@code sequence-set = (seq-number / seq-range) *("," sequence-set)}, or {@code $} of RFC 5182 §4. */
final class SequenceSetParser {

    private SequenceSetParser() {
    }

    static SequenceSet sequenceSet(Cursor cursor) throws SyntaxException {
        if (cursor.accept('$')) {
            return SequenceSet.SAVED;
        }
        List<SequenceSet.Range> ranges = new ArrayList<>();
        do {
            ranges.add(range(cursor));
        } while (cursor.accept(','));
        return new SequenceSet(ranges);
    }

    /** {@code seq-range = seq-number ":" seq-number}, in either order. */
    private static SequenceSet.Range range(Cursor cursor) throws SyntaxException {
        long first = seqNumber(cursor);
        long second = cursor.accept(':') ? seqNumber(cursor) : first;
        return new SequenceSet.Range(Math.min(first, second), Math.max(first, second));
    }

    /** {@code seq-number = nz-number / "*"}. */
    private static long seqNumber(Cursor cursor) throws SyntaxException {
        return cursor.accept('*') ? SequenceSet.STAR : cursor.nzNumber();
    }
}
