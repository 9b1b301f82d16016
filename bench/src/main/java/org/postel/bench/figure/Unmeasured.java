package org.postel.bench.figure;

import java.io.IOException;
import java.util.Locale;

import org.postel.bench.stack.JitShare;

/**
 * Rounds of a figure before the first that counts, as {@link WarmUp} is mail before the first figure: the code of a command that the
 * figures before did not use is not translated yet.
 *
 * @param rounds so many at least, and four times as many at most: more than these while the server's JITs take much of its CPU
 */
record Unmeasured(int rounds) {

    private static final int MOST_TIMES_OVER = 4;
    /** Of the CPU time of a server, for its JITs: less than after {@link WarmUp}, since a round here takes seconds. */
    private static final double LITTLE = 0.05;

    /** A round. */
    @FunctionalInterface
    interface Work {
        void run() throws IOException;
    }

    void run(String figure, Bed bed, Work round) throws IOException {
        double compiling = 1;
        for (int done = 0; done < rounds || compiling > LITTLE && done < MOST_TIMES_OVER * rounds; done++) {
            JitShare jits = JitShare.of(bed.stack().processes());
            round.run();
            compiling = jits.now();
            System.out.printf(Locale.ROOT, "%s, %s, unmeasured: its JITs took %.0f%% of its CPU time%n", bed.stack().name(), figure, 100 * compiling);
        }
    }
}
