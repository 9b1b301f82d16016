package org.postel.imap.syntax;

import java.util.List;
import java.util.function.LongUnaryOperator;

/**
 * {@code seq-match-data} of RFC 7162 §3.2.5.2: message numbers and the UIDs that a client believes them to have, both
 * ascending, the n-th number with the n-th UID.
 */
public record SequenceMatch(SequenceSet numbers, SequenceSet uids) {

    public SequenceMatch {
        if (numbers.size() != uids.size()) {
            throw new IllegalArgumentException("not as many numbers as UIDs");
        }
    }

    /**
     * The highest UID that has the number the client believes it to have; 0 for none. Up to there it knows of every expunge:
     * after the first pair that is wrong each one is. Looks at no more pairs than there are messages.
     *
     * @param messages how many there are
     * @param uidOf    the UID of a message number
     */
    public long rightUpTo(long messages, LongUnaryOperator uidOf) {
        long right = 0;
        Walk number = new Walk(numbers.ranges());
        Walk uid = new Walk(uids.ranges());
        while (number.step() && uid.step()) {
            if (number.at > messages || uidOf.applyAsLong(number.at) != uid.at) {
                return right;
            }
            right = uid.at;
        }
        return right;
    }

    /** One number of a set after the other. */
    private static final class Walk {

        private final List<SequenceSet.Range> ranges;
        private int range;
        private long at;

        Walk(List<SequenceSet.Range> ranges) {
            this.ranges = ranges;
        }

        boolean step() {
            if (at != 0 && at < ranges.get(range).to()) {
                at++;
                return true;
            }
            range += at == 0 ? 0 : 1;
            if (range == ranges.size()) {
                return false;
            }
            at = ranges.get(range).from();
            return true;
        }
    }
}
