package org.postel.bench.figure;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

import org.postel.bench.report.Metric;
import org.postel.bench.stack.MailStack;

/**
 * What a server used, of what can be counted in each of its processes.
 *
 * @param amounts by row of the table
 */
record Used(Map<Metric, Double> amounts) {

    private static final double MEGABYTE = 1e6;

    /** Nothing yet. */
    static final Used NOTHING = new Used(Map.of());

    /** Copies the map. */
    Used {
        amounts = new LinkedHashMap<>(amounts);
    }

    /** Since the server started: CPU time, and what the kernel was given to put on the disk. */
    static Used soFar(MailStack stack) throws IOException {
        Map<Metric, Double> amounts = new LinkedHashMap<>();
        stack.processes().cpu().seconds().forEach((process, seconds) -> amounts.put(new Metric(process + ": CPU", "s"), seconds));
        stack.processes().written().forEach((process, octets) -> amounts.put(new Metric(process + ": written to disk", "MB"), octets / MEGABYTE));
        return new Used(amounts);
    }

    Used plus(Used more) {
        Map<Metric, Double> sum = new LinkedHashMap<>(amounts);
        more.amounts.forEach((metric, amount) -> sum.merge(metric, amount, Double::sum));
        return new Used(sum);
    }

    Used minus(Used before) {
        Map<Metric, Double> rest = new LinkedHashMap<>();
        amounts.forEach((metric, amount) -> rest.put(metric, amount - before.amounts.getOrDefault(metric, 0.0)));
        return new Used(rest);
    }

    /** Of all processes, in seconds. */
    double cpu() {
        return amounts.entrySet().stream().filter(one -> one.getKey().unit().equals("s")).mapToDouble(Map.Entry::getValue).sum();
    }
}
