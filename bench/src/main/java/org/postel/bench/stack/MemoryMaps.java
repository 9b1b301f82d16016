package org.postel.bench.stack;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The sums of /proc/PID/smaps_rollup (proc_pid_smaps(5)).
 *
 * @param resident octets, "Rss"
 * @param proportional octets, "Pss"
 */
record MemoryMaps(long resident, long proportional) {

    private static final long KIBIBYTE = 1024;
    private static final MemoryMaps NONE = new MemoryMaps(0, 0);

    /** Of a process; nothing when it has ended or is none but a thread of the kernel. */
    static MemoryMaps of(long process) throws IOException {
        return ProcessTable.read(Path.of("/proc", String.valueOf(process), "smaps_rollup")).map(MemoryMaps::parse).orElse(NONE);
    }

    /** From the file's text. */
    static MemoryMaps parse(String text) {
        return new MemoryMaps(value(text, "Rss:"), value(text, "Pss:"));
    }

    private static long value(String text, String name) {
        return text.lines().filter(line -> line.startsWith(name))
                .mapToLong(line -> Long.parseLong(line.substring(name.length()).replace("kB", "").strip()) * KIBIBYTE)
                .findFirst().orElse(0);
    }
}
