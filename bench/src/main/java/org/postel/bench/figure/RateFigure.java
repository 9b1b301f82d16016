package org.postel.bench.figure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;

import org.postel.bench.load.Crew;
import org.postel.bench.load.ImapConnection;
import org.postel.bench.load.Letter;
import org.postel.bench.load.LetterId;
import org.postel.bench.load.SizeMix;
import org.postel.bench.report.Metric;
import org.postel.bench.report.Results;

/** How often in a second eight IMAP connections get done what is common: appending, fetching, logging in. */
public final class RateFigure implements Figure {

    private static final int CONNECTIONS = 8;
    private static final int APPENDS = 200;
    private static final int FETCHES = 1000;
    private static final int LOGINS = 50;
    private static final double NANOS = 1e9;
    private static final String BOX = "Appended";

    private final int warmUps;

    /** With so many rounds at least before the first that counts: see {@link Unmeasured}. */
    public RateFigure(int warmUps) {
        this.warmUps = warmUps;
    }

    @Override
    public String name() {
        return "rates";
    }

    @Override
    public String load() {
        return String.format(Locale.ROOT, "%d connections, in a round each does %d APPEND, %d FETCH, %d logins", CONNECTIONS, APPENDS,
                FETCHES, LOGINS);
    }

    @Override
    public void prepare(Bed bed) throws IOException {
        for (int account = 0; account < CONNECTIONS; account++) {
            try (ImapConnection imap = login(bed, account)) {
                imap.command("CREATE " + BOX);
            }
        }
        new Unmeasured(warmUps).run(name(), bed, () -> measure(bed, new Results()));
    }

    @Override
    public void measure(Bed bed, Results results) throws IOException {
        Rate rate = new Rate(bed, results);
        append(bed, rate, "APPEND into 8 mailboxes", CONNECTIONS);
        append(bed, rate, "APPEND into one mailbox", 1);
        rate.measure("BODY[] fetches, 8 connections", FETCHES, member -> selected(bed), (imap, member) -> {
            for (int i = 0; i < FETCHES; i++) {
                imap.command("FETCH " + (1 + (i + member * FETCHES / CONNECTIONS) % APPENDS) + " (BODY.PEEK[])", " FETCH (", 1);
            }
        });
        rate.measure("logins with SELECT", LOGINS, member -> login(bed, member), (unused, member) -> {
            for (int i = 0; i < LOGINS; i++) {
                try (ImapConnection imap = login(bed, member)) {
                    imap.command("SELECT INBOX");
                    imap.command("LOGOUT");
                }
            }
        });
    }

    /** Connections append to the mailboxes of so many accounts; then each message must be where it belongs, once. */
    private static void append(Bed bed, Rate rate, String label, int accounts) throws IOException {
        long run = System.currentTimeMillis();
        long[] before = new long[accounts];
        for (int account = 0; account < accounts; account++) {
            try (ImapConnection imap = login(bed, account)) {
                before[account] = imap.open("EXAMINE " + BOX);
            }
        }
        rate.measure(label, APPENDS, member -> login(bed, member % accounts), (imap, member) -> {
            Letter letter = new Letter(bed.prose());
            for (int i = 0; i < APPENDS; i++) {
                imap.append(BOX, letter.write(new LetterId(run, member * APPENDS + i), "user@bench.example.test", SizeMix.of(i)));
            }
        });
        for (int account = 0; account < accounts; account++) {
            BitSet expected = new BitSet();
            for (int member = account; member < CONNECTIONS; member += accounts) {
                expected.set(member * APPENDS, (member + 1) * APPENDS);
            }
            check(bed, account, before[account] + 1, run, expected);
        }
    }

    private static void check(Bed bed, int account, long first, long run, BitSet expected) throws IOException {
        try (ImapConnection imap = login(bed, account)) {
            imap.command("EXAMINE " + BOX);
            BitSet found = Census.of(imap, first, run);
            if (!found.equals(expected)) {
                found.xor(expected);
                throw new IOException("Account " + (account + 1) + ": lost or misplaced are the appended messages " + found);
            }
        }
    }

    private static ImapConnection login(Bed bed, int account) throws IOException {
        return ImapConnection.open(bed.stack().imap(), 1).login(bed.stack().accounts().get(account));
    }

    private static ImapConnection selected(Bed bed) throws IOException {
        ImapConnection imap = login(bed, 0);
        imap.command("SELECT " + BOX);
        return imap;
    }

    @Override
    public void finish(Bed bed) throws IOException {
        for (int account = 0; account < CONNECTIONS; account++) {
            try (ImapConnection imap = login(bed, account)) {
                imap.command("DELETE " + BOX);
            }
        }
    }

    /** Times what all connections do together. */
    private record Rate(Bed bed, Results results) {

        void measure(String label, int each, Opening opening, Work work) throws IOException {
            List<ImapConnection> open = new ArrayList<>();
            try {
                for (int i = 0; i < CONNECTIONS; i++) {
                    open.add(opening.open(i));
                }
                long begun = System.nanoTime();
                Crew.run(CONNECTIONS, member -> work.run(open.get(member), member));
                double seconds = (System.nanoTime() - begun) / NANOS;
                results.add(new Metric(label, "1/s"), bed.stack().name(), CONNECTIONS * each / seconds);
            } finally {
                for (ImapConnection imap : open) {
                    imap.close();
                }
            }
        }
    }

    /** How a connection begins, before the clock runs. */
    @FunctionalInterface
    private interface Opening {
        ImapConnection open(int member) throws IOException;
    }

    /** What each connection does. */
    @FunctionalInterface
    private interface Work {
        void run(ImapConnection imap, int member) throws IOException;
    }
}
