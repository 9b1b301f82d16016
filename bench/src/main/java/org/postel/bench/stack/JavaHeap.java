package org.postel.bench.stack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How much heap a JVM needs, as the JDK's jcmd tells. */
final class JavaHeap {

    /** A generation, or the whole heap of collectors that have none; spaces and Metaspace have no such line. */
    private static final Pattern GENERATION = Pattern.compile("total \\d+K, used (\\d+)K");
    private static final long KIBIBYTE = 1024;
    private static final Path JCMD = Path.of(System.getProperty("java.home"), "bin/jcmd");

    private JavaHeap() {
    }

    /** Whether the process is a JVM of ours to ask. */
    static boolean isIn(long process) {
        try {
            return Files.readSymbolicLink(Path.of("/proc", String.valueOf(process), "exe")).endsWith("bin/java");
        } catch (IOException ended) {
            return false;
        }
    }

    /** Octets in use once the garbage is collected; empty when the JVM does not say. */
    static OptionalLong live(long process) throws IOException {
        // Both in one file: starting jcmd costs more than what it does.
        Path commands = Files.createTempFile("postel-bench-jcmd-", "");
        try {
            Files.writeString(commands, "GC.run\nGC.heap_info\n");
            Process asked = new ProcessBuilder(JCMD.toString(), "-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC",
                    String.valueOf(process), "-f", commands.toString()).redirectErrorStream(true).start();
            return parse(new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        } finally {
            Files.delete(commands);
        }
    }

    /** From the answer's text; empty for a collector that words it in another way. */
    static OptionalLong parse(String text) {
        Matcher generations = GENERATION.matcher(text);
        long used = 0;
        boolean found = false;
        while (generations.find()) {
            used += Long.parseLong(generations.group(1)) * KIBIBYTE;
            found = true;
        }
        return found ? OptionalLong.of(used) : OptionalLong.empty();
    }
}
