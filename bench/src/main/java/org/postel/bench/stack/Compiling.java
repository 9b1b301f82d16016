package org.postel.bench.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the JIT's threads of a JVM have used, from /proc. While it compiles what is measured, a server is not warm. A thread that ended
 * is not counted, so the figure may be too low by what that one did last.
 */
final class Compiling {

    // The kernel cuts names of threads at 15 characters: C1 and C2 CompilerThread0 and so on.
    private static final String THREADS = "CompilerThre";

    private Compiling() {
    }

    /** Ticks of CPU so far; none when the process is no JVM or has ended. */
    static long ticks(long pid) throws IOException {
        Path folder = Path.of("/proc", Long.toString(pid), "task");
        List<Path> threads;
        try (Stream<Path> entries = Files.list(folder)) {
            threads = entries.toList();
        } catch (IOException ended) {
            return 0;
        }
        long ticks = 0;
        for (Path thread : threads) {
            ticks += ProcessTable.read(thread.resolve("stat")).map(Compiling::ofCompiler).orElse(0L);
        }
        return ticks;
    }

    /** Of one thread's stat: its ticks when it compiles. */
    static long ofCompiler(String stat) {
        return stat.substring(0, stat.lastIndexOf(')')).contains(THREADS) ? ProcessStat.of(stat).ticks() : 0;
    }
}
