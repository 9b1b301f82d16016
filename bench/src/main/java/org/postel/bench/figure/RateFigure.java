package org.postel.bench.figure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.postel.bench.load.Account;
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
    private static final int APPENDS = 100;
    private static final int FETCHES = 500;
    private static final int LOGINS = 25;
    private static final double NANOS = 1e9;
    private static final String BOX = "Appended";

    @Override
    public String name() {
        return "rates";
    }

    @Override
    public void prepare(Bed bed) throws IOException {
        Crew.run(CONNECTIONS, member -> {
            try (ImapConnection imap = login(bed, member)) {
                imap.command("CREATE " + BOX);
            }
        });
        measure(bed, new Results());
    }

    @Override
    public void measure(Bed bed, Results results) throws IOException {
        rate(bed, results, "APPEND into 8 mailboxes", APPENDS, member -> login(bed, member), (imap, member) ->
                append(bed, imap));
        rate(bed, results, "APPEND into one mailbox", APPENDS, member -> login(bed, 0), (imap, member) -> append(bed, imap));
        rate(bed, results, "BODY[] fetches, 8 connections", FETCHES, member -> selected(bed), (imap, member) -> {
            for (int i = 0; i < FETCHES; i++) {
                imap.command("FETCH " + (1 + (i + member * FETCHES / CONNECTIONS) % APPENDS) + " (BODY.PEEK[])");
            }
        });
        rate(bed, results, "logins with SELECT", LOGINS, member -> login(bed, member), (unused, member) -> {
            for (int i = 0; i < LOGINS; i++) {
                try (ImapConnection imap = login(bed, member)) {
                    imap.command("SELECT INBOX");
                    imap.command("LOGOUT");
                }
            }
        });
    }

    private static void append(Bed bed, ImapConnection imap) throws IOException {
        Letter letter = new Letter(bed.prose());
        for (int i = 0; i < APPENDS; i++) {
            imap.append(BOX, letter.write(new LetterId(2, i), "user@bench.example.test", SizeMix.of(i)));
        }
    }

    private static ImapConnection login(Bed bed, int account) throws IOException {
        Account one = bed.stack().accounts().get(account);
        return ImapConnection.open(bed.stack().imap(), 1).login(one);
    }

    private static ImapConnection selected(Bed bed) throws IOException {
        ImapConnection imap = login(bed, 0);
        imap.command("SELECT " + BOX);
        return imap;
    }

    private static void rate(Bed bed, Results results, String label, int each, Opening opening, Work work)
            throws IOException {
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

    @Override
    public void finish(Bed bed) throws IOException {
        Crew.run(CONNECTIONS, member -> {
            try (ImapConnection imap = login(bed, member)) {
                imap.command("DELETE " + BOX);
            }
        });
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
