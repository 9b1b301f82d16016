package org.postel.pop3.session;

import java.util.BitSet;

/** The messages marked as deleted (RFC 1939 §5, DELE). Immutable. */
public final class Deletions {

    /** None. */
    public static final Deletions NONE = new Deletions(new BitSet(), 0);

    private final BitSet numbers;
    private final long octets;

    private Deletions(BitSet numbers, long octets) {
        this.numbers = numbers;
        this.octets = octets;
    }

    Deletions with(int number, long size) {
        BitSet more = (BitSet) numbers.clone();
        more.set(number);
        return new Deletions(more, octets + size);
    }

    boolean has(int number) {
        return numbers.get(number);
    }

    int count() {
        return numbers.cardinality();
    }

    /** Octets of the messages marked. */
    long octets() {
        return octets;
    }

    int[] numbers() {
        return numbers.stream().toArray();
    }
}
