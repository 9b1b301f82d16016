package org.postel.bench.figure;

import java.io.IOException;
import java.util.Locale;

import org.postel.bench.report.Metric;
import org.postel.bench.report.Results;

/** Mail as fast as the server takes it: messages accepted and delivered per second, latency, CPU time of each. */
public final class ThroughputFigure implements Figure {

    private static final double MEDIAN = 50;
    private static final double NEARLY_ALL = 99;
    private static final double MILLIS = 1000;

    private final String name;
    private final String label;
    private final int connections;
    private final int messages;
    private final int recipients;

    /**
     * With its load.
     *
     * @param name for the command line
     * @param label for the table
     */
    public ThroughputFigure(String name, String label, int connections, int messages, int recipients) {
        this.name = name;
        this.label = label;
        this.connections = connections;
        this.messages = messages;
        this.recipients = recipients;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String load() {
        return String.format(Locale.ROOT, "%,d messages in a round", messages);
    }

    @Override
    public void prepare(Bed bed) throws IOException {
        tell(bed, "not counted", run(bed));
    }

    @Override
    public void measure(Bed bed, Results results) throws IOException {
        MailRun.Outcome outcome = run(bed);
        String stack = bed.stack().name();
        results.add(new Metric(label + ": accepted", "messages/s"), stack, outcome.acceptedPerSecond());
        results.add(new Metric(label + ": delivered", "deliveries/s"), stack, outcome.deliveredPerSecond());
        results.add(new Metric(label + ": DATA to 250, p50", "ms"), stack, outcome.latency().millis(MEDIAN));
        results.add(new Metric(label + ": DATA to 250, p99", "ms"), stack, outcome.latency().millis(NEARLY_ALL));
        results.add(new Metric(label + ": server CPU per delivery", "ms"), stack,
                outcome.server().total() * MILLIS / deliveries());
        tell(bed, "round", outcome);
    }

    private MailRun.Outcome run(Bed bed) throws IOException {
        return new MailRun(bed.stack(), bed.inboxes(), bed.prose()).run(Round.of(connections, messages, recipients));
    }

    private int deliveries() {
        return messages * recipients;
    }

    private void tell(Bed bed, String what, MailRun.Outcome outcome) {
        System.out.printf(Locale.ROOT, "%s, %s, %s: accepted %.0f/s, delivered %.0f/s, DATA to 250 p50 %.1f ms p99 %.1f ms,"
                + " CPU per delivery %.2f ms (%s), load %.2f ms%n", label, bed.stack().name(), what,
                outcome.acceptedPerSecond(), outcome.deliveredPerSecond(), outcome.latency().millis(MEDIAN),
                outcome.latency().millis(NEARLY_ALL), outcome.server().total() * MILLIS / deliveries(),
                outcome.server().perPiece(deliveries()), outcome.load().total() * MILLIS / deliveries());
    }
}
