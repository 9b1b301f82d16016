package org.postel.mailbox.api;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * Highest-random-weight order: every gateway finds the same pod first for an account, and a pod that comes or goes moves
 * only the accounts that were its own.
 */
final class Rendezvous {

    private Rendezvous() {}

    /** The candidates, the one with the highest weight for the key first. */
    static <T> List<T> order(byte[] key, List<T> candidates, Function<T, String> name) {
        long keyHash = hash(key);
        return candidates.stream()
                .sorted(Comparator.comparing((T candidate) -> weight(keyHash, name.apply(candidate)), Long::compareUnsigned).reversed())
                .toList();
    }

    private static long weight(long keyHash, String name) {
        return mix(keyHash ^ mix(hash(name.getBytes(StandardCharsets.UTF_8))));
    }

    /** FNV-1a, 64 bits. */
    private static long hash(byte[] octets) {
        long hash = 0xcbf29ce484222325L;
        for (byte octet : octets) {
            hash = (hash ^ (octet & 0xff)) * 0x100000001b3L;
        }
        return hash;
    }

    /** The finalizer of SplitMix64: every bit of the input moves every bit of the output. */
    private static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }
}
