package org.postel.bench.stack;

import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import com.sun.management.OperatingSystemMXBean;

/**
 * CPU time of some processes.
 *
 * @param seconds of each, by name
 */
public record CpuTime(Map<String, Double> seconds) {

    private static final double MILLIS = 1000;
    private static final double NANOS = 1e9;

    /** Copies the map. */
    public CpuTime {
        seconds = new LinkedHashMap<>(seconds);
    }

    /** Of this program, its children not counted. */
    public static CpuTime own() {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new CpuTime(Map.of("load", system.getProcessCpuTime() / NANOS));
    }

    /** What was used since an earlier moment. */
    public CpuTime since(CpuTime earlier) {
        Map<String, Double> used = new LinkedHashMap<>();
        seconds.forEach((name, now) -> used.put(name, now - earlier.seconds.getOrDefault(name, 0.0)));
        return new CpuTime(used);
    }

    /** Of all processes together, in seconds. */
    public double total() {
        return seconds.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    /** Milliseconds of each process for one of so many pieces of work. */
    public String perPiece(long pieces) {
        return seconds.entrySet().stream()
                .map(one -> String.format(Locale.ROOT, "%s %.2f", one.getKey(), one.getValue() * MILLIS / pieces))
                .collect(Collectors.joining(", "));
    }
}
