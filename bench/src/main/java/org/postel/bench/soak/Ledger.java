package org.postel.bench.soak;

import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which messages were sent and which were found, and what went wrong. Safe for use by several threads. */
final class Ledger {

    private static final int SHOWN = 10;

    private final BitSet sent = new BitSet();
    private final BitSet found = new BitSet();
    private final BitSet doubled = new BitSet();
    private final Map<String, Integer> failures = new LinkedHashMap<>();

    /** The server took the responsibility. */
    synchronized void sent(int number) {
        sent.set(number);
    }

    /** A reader has it, and removes it. A message may be found before its sender has read the answer. */
    synchronized void found(int number) {
        if (found.get(number)) {
            doubled.set(number);
        }
        found.set(number);
    }

    /** Something failed that should not. */
    synchronized void failed(String what) {
        failures.merge(what, 1, Integer::sum);
    }

    /** How many sent messages nobody has found yet. */
    synchronized int missing() {
        return lost().cardinality();
    }

    private BitSet lost() {
        BitSet lost = (BitSet) sent.clone();
        lost.andNot(found);
        return lost;
    }

    /** Whether each message was found once, and nothing failed. */
    synchronized boolean isClean() {
        return lost().isEmpty() && doubled.isEmpty() && failures.isEmpty();
    }

    /** How far it is, while mail is still on its way. */
    synchronized String progress() {
        return "sent " + sent.cardinality() + ", found " + found.cardinality() + ", failures "
                + failures.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** All in some lines, once no mail is on its way any more. */
    synchronized String text() {
        StringBuilder text = new StringBuilder("sent " + sent.cardinality() + ", found " + found.cardinality() + ", lost "
                + some(lost()) + ", found twice " + some(doubled) + "\n");
        failures.forEach((what, times) -> text.append("failed ").append(times).append(times == 1 ? " time: " : " times: ")
                .append(what).append('\n'));
        return text.toString();
    }

    private static String some(BitSet numbers) {
        int[] shown = numbers.stream().limit(SHOWN).toArray();
        return numbers.cardinality() + (shown.length == 0 ? "" : " " + Arrays.toString(shown));
    }
}
