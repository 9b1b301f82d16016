package org.postel.mailbox.search;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.postel.mailbox.api.v1.SortCriterion;

/**
 * What a message is sorted by.
 *
 * @param numbers for each criterion, where it is a number
 * @param texts   for each criterion, where it is a text, its {@link org.postel.mail.mime.Collation}
 */
record SortedMessage(int uid, long[] numbers, byte[][] texts) {

    /** The order that some criteria make, the first counting most; what they do not tell apart is in UID order: RFC 5256 §3. */
    static Comparator<SortedMessage> order(List<SortCriterion> criteria) {
        Comparator<SortedMessage> order = (one, other) -> 0;
        for (int i = 0; i < criteria.size(); i++) {
            Comparator<SortedMessage> next = by(i, isText(criteria.get(i)));
            order = order.thenComparing(criteria.get(i).getReverse() ? next.reversed() : next);
        }
        return order.thenComparing((one, other) -> Integer.compareUnsigned(one.uid, other.uid));
    }

    private static Comparator<SortedMessage> by(int place, boolean text) {
        return text ? (one, other) -> Arrays.compareUnsigned(one.texts[place], other.texts[place])
                : Comparator.comparingLong(message -> message.numbers[place]);
    }

    static boolean isText(SortCriterion criterion) {
        return switch (criterion.getKey()) {
            case CC, FROM, SUBJECT, TO, DISPLAYFROM, DISPLAYTO -> true;
            case ARRIVAL, DATE, SIZE, UNRECOGNIZED -> false;
        };
    }
}
