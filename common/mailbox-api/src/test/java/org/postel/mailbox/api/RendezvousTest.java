package org.postel.mailbox.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RendezvousTest {

    private static final List<String> PODS = IntStream.range(0, 5).mapToObj(i -> "10.0.0." + i + ":9090").toList();

    @Test
    void theOrderDoesNotDependOnTheOrderOfTheCandidates() {
        assertEquals(first("alice", PODS), first("alice", PODS.reversed()));
    }

    @Test
    void accountsAreSpreadEvenly() {
        long[] counts = new long[PODS.size()];
        IntStream.range(0, 10_000).forEach(i -> counts[PODS.indexOf(first("account" + i, PODS))]++);
        for (long count : counts) {
            assertTrue(count > 1_700 && count < 2_300, "uneven: " + count);
        }
    }

    @Test
    void aPodThatGoesMovesOnlyItsOwnAccounts() {
        List<String> fewer = PODS.subList(0, 4);
        IntStream.range(0, 1_000).forEach(i -> {
            String before = first("account" + i, PODS);
            if (fewer.contains(before)) {
                assertEquals(before, first("account" + i, fewer));
            }
        });
    }

    private static String first(String key, List<String> pods) {
        return Rendezvous.order(key.getBytes(StandardCharsets.UTF_8), pods, Function.identity()).getFirst();
    }
}
