package org.postel.bench.stack;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

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

    /** Octets that each of them had the kernel put on the disk so far. */
    public Map<String, Long> written() throws IOException {
        ProcessTable table = ProcessTable.now();
        Map<String, Long> octets = new LinkedHashMap<>();
        for (var root : roots.entrySet()) {
            long sum = 0;
            for (ProcessStat process : table.tree(root.getValue())) {
                sum += DiskWrites.octets(process.pid());
            }
            octets.put(root.getKey(), sum);
        }
        return octets;
    }

    /** What the JITs of all of them have used so far, in seconds. */
    public double compiling() throws IOException {
        ProcessTable table = ProcessTable.now();
        long ticks = 0;
        for (long root : roots.values()) {
            for (ProcessStat process : table.tree(root)) {
                ticks += Compiling.ticks(process.pid());
            }
        }
        return ticks / TICKS_PER_SECOND;
    }

    /** What each holds now, once every JVM among them has collected its garbage. */
    public Map<String, ProcessUse> use() throws IOException {
        ProcessTable table = ProcessTable.now();
        Set<Long> established = Established.sockets();
        Map<String, ProcessUse> use = new LinkedHashMap<>();
        for (var root : roots.entrySet()) {
            ProcessUse sum = ProcessUse.NOTHING;
            for (ProcessStat process : table.tree(root.getValue())) {
                sum = sum.plus(of(process, established));
            }
            use.put(root.getKey(), sum);
        }
        return use;
    }

    private static ProcessUse of(ProcessStat process, Set<Long> established) throws IOException {
        OptionalLong heap = JavaHeap.isIn(process.pid()) ? JavaHeap.live(process.pid()) : OptionalLong.empty();
        MemoryMaps memory = MemoryMaps.of(process.pid());
        OpenFiles files = OpenFiles.of(process.pid());
        return new ProcessUse(memory.resident(), memory.proportional(), heap, files.targets().size(), process.threads(),
                files.among(established));
    }
}
