package org.postel.bench;

import java.lang.management.ManagementFactory;
import java.time.LocalDate;
import java.util.Locale;

import org.postel.bench.BenchOptions.Option;
import org.postel.bench.figure.Figure;

import com.sun.management.OperatingSystemMXBean;

/** In one line: when, on what machine and how often a figure was measured. The rest is the same for all and stands on the page. */
record Conditions(BenchOptions options) {

    private static final double GIBIBYTE = 1L << 30;

    String of(Figure figure) {
        OperatingSystemMXBean machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        int rounds = figure.rounds(options.number(Option.ROUNDS));
        String warmUp = figure.wantsWarmServer()
                ? String.format(Locale.ROOT, "after a warm-up of %,d messages", options.number(Option.WARM_UP)) : "on fresh servers";
        return String.format(Locale.ROOT, "%s, %d cores, %.0f GiB, Java %s: %s %s; %s.", LocalDate.now(),
                machine.getAvailableProcessors(), machine.getTotalMemorySize() / GIBIBYTE, Runtime.version().feature(),
                rounds == 1 ? "one round" : "median (least-most) of " + rounds + " rounds", warmUp, figure.load());
    }
}
