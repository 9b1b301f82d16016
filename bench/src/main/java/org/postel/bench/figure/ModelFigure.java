package org.postel.bench.figure;

import java.io.IOException;
import java.util.Locale;

import org.postel.bench.load.Crew;
import org.postel.bench.report.Metric;
import org.postel.bench.report.Results;
import org.postel.bench.stack.MailStack;
import org.postel.bench.stack.PostelStack;

/**
 * Holds the capacity model against the platform. The model adds: what an account does in a day takes what each piece of it takes. So each kind
 * of work is measured alone, then all of them at the same time, and the sum of the former is what the model predicts of the latter.
 */
public final class ModelFigure implements Figure {

    /** The column of the sums. */
    public static final String PREDICTED = "Predicted";
    private static final Metric ON_PAPER = new Metric("all: CPU, predicted by docs/scaling.md", "s");
    private static final Metric ALL = new Metric("all: CPU", "s");
    private static final double MILLIS = 1000;

    private final int days;

    /** @param messages of a round; the other work goes with them */
    public ModelFigure(int messages) {
        this.days = Math.max(1, messages / DailyWork.DELIVERY.times(1));
    }

    @Override
    public String name() {
        return "model";
    }

    @Override
    public String load() {
        return String.format(Locale.ROOT, "what %d accounts do in a day: %,d messages delivered, %,d fetched, %,d flagged, %,d polls, %,d log-ins", days,
                DailyWork.DELIVERY.times(days), DailyWork.FETCH.times(days), DailyWork.FLAGS.times(days), DailyWork.POLL.times(days), DailyWork.LOGIN.times(days));
    }

    @Override
    public boolean isFor(MailStack stack) {
        return stack.name().equals(PostelStack.NAME);
    }

    @Override
    public String against() {
        return PREDICTED;
    }

    @Override
    public void prepare(Bed bed) throws IOException {
        measure(bed, new Results());
    }

    @Override
    public void measure(Bed bed, Results results) throws IOException {
        Used predicted = Used.NOTHING;
        for (DailyWork work : DailyWork.values()) {
            Used alone = used(bed, () -> work.go(bed, work.times(days)));
            System.out.printf(Locale.ROOT, "%s alone: CPU %.2f ms each, on paper %.2f%n", work, alone.cpu() * MILLIS / work.times(days),
                    work.paper(days) / work.times(days));
            predicted = predicted.plus(alone);
        }
        DailyWork[] all = DailyWork.values();
        Used together = used(bed, () -> Crew.run(all.length, member -> all[member].go(bed, all[member].times(days))));
        double paper = 0;
        for (DailyWork work : all) {
            paper += work.paper(days) / MILLIS;
        }
        tell(results, together, predicted, paper);
    }

    private static void tell(Results results, Used together, Used predicted, double paper) {
        together.amounts().forEach((metric, amount) -> {
            results.add(metric, PostelStack.NAME, amount);
            results.add(metric, PREDICTED, predicted.amounts().get(metric));
        });
        results.add(ALL, PostelStack.NAME, together.cpu());
        results.add(ALL, PREDICTED, predicted.cpu());
        results.add(ON_PAPER, PostelStack.NAME, together.cpu());
        results.add(ON_PAPER, PREDICTED, paper);
    }

    /** What the server used for it, until it rests again. */
    private static Used used(Bed bed, Work work) throws IOException {
        Quiet.await(bed.stack());
        Used before = Used.soFar(bed.stack());
        work.run();
        Quiet.await(bed.stack());
        return Used.soFar(bed.stack()).minus(before);
    }

    @FunctionalInterface
    private interface Work {
        void run() throws IOException;
    }
}
