package org.postel.bench.stack;

import java.io.IOException;
import java.nio.file.Path;

/** What a process had the kernel put on the disk, from /proc/PID/io: its page cache written back, not what went to sockets. */
final class DiskWrites {

    private static final String FIELD = "write_bytes: ";

    private DiskWrites() {
    }

    /** So far; 0 of one that has ended. */
    static long octets(long process) throws IOException {
        return ProcessTable.read(Path.of("/proc", String.valueOf(process), "io")).map(DiskWrites::octets).orElse(0L);
    }

    /** From the text of the file. */
    static long octets(String io) {
        return io.lines().filter(line -> line.startsWith(FIELD)).mapToLong(line -> Long.parseLong(line.substring(FIELD.length()))).sum();
    }
}
