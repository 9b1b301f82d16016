package org.postel.bench.stack;

import java.util.OptionalLong;

/**
 * What a process, or several together, hold at one moment.
 *
 * @param resident octets of memory that are in RAM, shared ones counted in each process (RSS)
 * @param proportional the same, shared ones divided by those who share them (PSS)
 * @param heap octets in use in the heaps of JVMs after a collection, if there is a JVM
 * @param files open file descriptors, sockets included
 * @param threads of the operating system
 * @param connections established TCP connections
 */
public record ProcessUse(long resident, long proportional, OptionalLong heap, int files, int threads, int connections) {

    /** Of nobody. */
    static final ProcessUse NOTHING = new ProcessUse(0, 0, OptionalLong.empty(), 0, 0, 0);

    /** Both together. */
    ProcessUse plus(ProcessUse other) {
        OptionalLong heaps = heap.isEmpty() ? other.heap : OptionalLong.of(heap.getAsLong() + other.heap.orElse(0));
        return new ProcessUse(resident + other.resident, proportional + other.proportional, heaps, files + other.files,
                threads + other.threads, connections + other.connections);
    }
}
