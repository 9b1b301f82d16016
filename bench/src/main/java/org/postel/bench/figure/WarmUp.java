package org.postel.bench.figure;

import java.io.IOException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Mail before the first figure, as JVMs translate the code they run often and get faster for minutes; the same for every server. */
public final class WarmUp {

    private static final int CONNECTIONS = 20;
    private static final int PART = 5000;

    private final int messages;
    private final Set<String> warm = new HashSet<>();

    /** With so many messages. */
    public WarmUp(int messages) {
        this.messages = messages;
    }

    /**
     * Returns at once when the server is warm.
     *
     * @throws IOException when mail was refused, lost or doubled
     */
    public void of(Bed bed) throws IOException {
        String server = bed.stack().name();
        if (warm.contains(server)) {
            return;
        }
        for (int sent = 0; sent < messages; sent += PART) {
            int part = Math.min(PART, messages - sent);
            var outcome = new MailRun(bed.stack(), bed.inboxes(), bed.prose()).run(Round.of(CONNECTIONS, part, 1));
            System.out.printf(Locale.ROOT, "%s, warm-up, %d of %d messages: accepted %.0f/s, delivered %.0f/s%n", server,
                    sent + part, messages, outcome.acceptedPerSecond(), outcome.deliveredPerSecond());
        }
        warm.add(server);
    }
}
