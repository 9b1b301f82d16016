package org.postel.bench.soak;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

import org.postel.bench.stack.MailStack;
import org.postel.bench.stack.ProcessUse;

/** Mixed load for some time; samples of all processes; the verdict. */
public final class Soak {

    private static final int SAMPLES = 30;
    /** A sample has every JVM collect its garbage, which would itself be the load if it came more often. */
    private static final Duration CLOSEST = Duration.ofSeconds(10);

    private final MailStack stack;
    private final int rate;

    /** On a server, with so many messages in a second. */
    public Soak(MailStack stack, int rate) {
        this.stack = stack;
        this.rate = rate;
    }

    /** Whether every process stayed flat and every message was found exactly once. */
    public boolean run(Duration length) throws IOException {
        Ledger ledger = new Ledger();
        MixedLoad load = new MixedLoad(stack, ledger, rate);
        Watch watch = new Watch();
        long begun = System.nanoTime();
        load.start();
        long interval = Math.max(length.toNanos() / SAMPLES, CLOSEST.toNanos());
        for (long next = interval; next <= length.toNanos(); next = Math.max(next + interval, System.nanoTime() - begun)) {
            LockSupport.parkNanos(begun + next - System.nanoTime());
            long after = Duration.ofNanos(System.nanoTime() - begun).toSeconds();
            Map<String, ProcessUse> sample = stack.processes().use();
            watch.add(sample);
            System.out.printf(Locale.ROOT, "%s, after %d s: %s%n%s", stack.name(), after, ledger.progress(), Watch.text(sample));
        }
        load.end();
        StringBuilder report = new StringBuilder();
        boolean flat = watch.report(report);
        System.out.printf(Locale.ROOT, "%n%s, %d minutes of mixed load at %d messages/s. Growth is that of the last two thirds; allowed is"
                + " a tenth, or %d MiB or %d pieces where that is more.%n%n%s%n%s", stack.name(), length.toMinutes(), rate,
                Measure.MEBIBYTES, Measure.PIECES, report, ledger.text());
        System.out.println((flat ? "Every process stayed flat" : "Not every process stayed flat")
                + (ledger.isClean() ? ", and every message was found exactly once." : ", and the counts do not add up or work failed."));
        return flat && ledger.isClean();
    }
}
