package org.postel.bench.soak;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;

import org.postel.bench.report.Trend;
import org.postel.bench.stack.ProcessUse;

/** What of a process is watched, and how much growth is none. */
enum Measure {

    /** RSS. */
    RESIDENT("RSS, MiB", Measure.MEBIBYTES, use -> OptionalDouble.of(use.resident() / Measure.MEBIBYTE)),
    /** PSS. */
    PROPORTIONAL("PSS, MiB", Measure.MEBIBYTES, use -> OptionalDouble.of(use.proportional() / Measure.MEBIBYTE)),
    /** Heap after a collection. */
    HEAP("heap, MiB", Measure.MEBIBYTES, use -> use.heap().isEmpty() ? OptionalDouble.empty()
            : OptionalDouble.of(use.heap().getAsLong() / Measure.MEBIBYTE)),
    /** File descriptors. */
    FILES("files", Measure.PIECES, use -> OptionalDouble.of(use.files())),
    /** Of the system. */
    THREADS("threads", Measure.PIECES, use -> OptionalDouble.of(use.threads())),
    /** Established. */
    CONNECTIONS("connections", Measure.PIECES, use -> OptionalDouble.of(use.connections()));

    /** Growth by this part of the mean, within the last two thirds, is none. */
    static final double PART = 0.1;
    /** Nor is growth by so much memory. */
    static final int MEBIBYTES = 16;
    /** Nor by so many pieces of anything else. */
    static final int PIECES = 8;

    private static final double MEBIBYTE = 1 << 20;

    private final String label;
    private final double least;
    private final Function<ProcessUse, OptionalDouble> value;

    Measure(String label, double least, Function<ProcessUse, OptionalDouble> value) {
        this.label = label;
        this.least = least;
        this.value = value;
    }

    String label() {
        return label;
    }

    /** Nothing where a process has none. */
    OptionalDouble of(ProcessUse use) {
        return value.apply(use);
    }

    /** Of values in the order of time. */
    Trend trend(List<Double> values) {
        return Trend.of(values, PART, least);
    }
}
