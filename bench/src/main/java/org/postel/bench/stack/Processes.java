package org.postel.bench.stack;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The processes of a server, by name; each stands for itself and everything below it.
 *
 * @param roots their ids
 */
public record Processes(Map<String, Long> roots) {

    private static final double TICKS_PER_SECOND = 100;

    /** Copies the map. */
    public Processes {
        roots = new LinkedHashMap<>(roots);
    }

    /**
     * What they have used so far.
     *
     * @throws IOException when /proc cannot be read
     */
    public CpuTime cpu() throws IOException {
        ProcessTable table = ProcessTable.now();
        Map<String, Double> seconds = new LinkedHashMap<>();
        roots.forEach((name, root) -> seconds.put(name,
                table.tree(root).stream().mapToLong(ProcessStat::ticks).sum() / TICKS_PER_SECOND));
        return new CpuTime(seconds);
    }
}
