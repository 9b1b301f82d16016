package org.postel.bench.figure;

import java.io.IOException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

import org.postel.bench.stack.JitShare;

/**
 * Mail before the first figure: JVMs translate the code they run often and get faster for minutes. The same for every server, and more
 * for one whose JITs still take much of its CPU then.
 */
public final class WarmUp {

    private static final int CONNECTIONS = 20;
    private static final int PART = 5000;
    /** Of the CPU time of a server, for its JITs. */
    private static final double LITTLE = 0.1;
    private static final int MOST_TIMES_OVER = 3;

    private final int messages;
    private final Set<String> warm = new HashSet<>();

    /** With so many messages at least, and three times as many at most. */
    public WarmUp(int messages) {
        this.messages = messages;
    }

    /**
     * Returns at once when the server is warm.
     *
     * @throws IOException when mail was refused, lost or doubled
     */
    public void of(Bed bed) throws IOException {
        if (messages == 0 || !warm.add(bed.stack().name())) {
            return;
        }
        double compiling = 1;
        for (int sent = 0; sent < messages || compiling > LITTLE && sent < MOST_TIMES_OVER * messages;) {
            int part = Math.min(PART, sent < messages ? messages - sent : PART);
            sent += part;
            compiling = take(bed, part, sent);
        }
    }

    /** How much of the server's CPU time its JITs took for this part, from 0 to 1. */
    private static double take(Bed bed, int messages, int sum) throws IOException {
        JitShare jits = JitShare.of(bed.stack().processes());
        var outcome = new MailRun(bed.stack(), bed.inboxes(), bed.prose()).run(Round.of(CONNECTIONS, messages, 1));
        double compiling = jits.now();
        System.out.printf(Locale.ROOT, "%s, warm-up, %d messages: accepted %.0f/s, delivered %.0f/s; its JITs took %.0f%% of its CPU time%n",
                bed.stack().name(), sum, outcome.acceptedPerSecond(), outcome.deliveredPerSecond(), 100 * compiling);
        return compiling;
    }
}
