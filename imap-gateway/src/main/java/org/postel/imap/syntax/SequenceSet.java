package org.postel.imap.syntax;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * {@code sequence-set} of RFC 3501 §9: message numbers or UIDs. Normalised: ranges ascend, and those without {@code *}, which
 * is not known here, do not overlap and do not touch.
 *
 * @param saved whether it is {@code $}, the messages that a search saved (RFC 5182 §2.1); then it has no ranges
 */
public record SequenceSet(List<Range> ranges, boolean saved) {

    /** {@code $}. */
    public static final SequenceSet SAVED = new SequenceSet(List.of(), true);

    /** Stands for {@code *}, the highest number in use; above every number. */
    public static final long STAR = 1L << 32;

    /** From a number to a number, both included; {@code from <= to}. */
    public record Range(long from, long to) {

        public Range {
            if (from < 1 || from > to || to > STAR) {
                throw new IllegalArgumentException("not a range: " + from + ":" + to);
            }
        }
    }

    public SequenceSet(List<Range> ranges) {
        this(ranges, false);
    }

    /** Sorts and joins. */
    public SequenceSet {
        ranges = normalised(ranges);
    }

    private static List<Range> normalised(List<Range> ranges) {
        List<Range> sorted = new ArrayList<>(ranges);
        sorted.sort(Comparator.comparingLong(Range::from));
        List<Range> joined = new ArrayList<>();
        for (Range next : sorted) {
            Range last = joined.isEmpty() ? null : joined.getLast();
            // "*" may be smaller than any number, so a range to "*" swallows nothing that follows its start but "*" itself.
            if (last != null && last.to() != STAR && next.to() != STAR && next.from() <= last.to() + 1) {
                joined.set(joined.size() - 1, new Range(last.from(), Math.max(last.to(), next.to())));
            } else {
                joined.add(next);
            }
        }
        return List.copyOf(joined);
    }

    /** The set with {@code *} resolved, where {@code 5:*} with a highest number of 3 means {@code 3:5}. */
    public SequenceSet resolve(long highest) {
        List<Range> resolved = new ArrayList<>(ranges.size());
        for (Range range : ranges) {
            if (range.to() != STAR) {
                resolved.add(range);
            } else if (highest > 0) {
                long from = Math.min(range.from(), highest);
                long to = range.from() == STAR ? highest : Math.max(range.from(), highest);
                resolved.add(new Range(from, to));
            }
        }
        return new SequenceSet(resolved);
    }

    /** How many numbers it names; for a set without {@code *}. */
    long size() {
        return ranges.stream().mapToLong(range -> range.to() - range.from() + 1).sum();
    }

    /** The highest number that is written out; 0 when there is none. Ranges to {@code *} are not counted. */
    public long highestWritten() {
        return ranges.stream().filter(range -> range.to() != STAR).mapToLong(Range::to).max().orElse(0);
    }
}
