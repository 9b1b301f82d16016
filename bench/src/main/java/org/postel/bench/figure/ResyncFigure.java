package org.postel.bench.figure;

import java.io.IOException;

import org.postel.bench.load.ImapConnection;
import org.postel.bench.report.Results;

/** A client that was away hears of 1,000 changes in a mailbox of 10,000 messages: SELECT with QRESYNC (RFC 7162 §3.2.5). */
public final class ResyncFigure implements Figure {

    private static final int SIZE = 10_000;
    private static final int CHANGES = 1000;
    private static final int QUICK = 60;
    private static final String MODSEQ = "[HIGHESTMODSEQ ";
    private static final String VALIDITY = "[UIDVALIDITY ";

    private final int warmUps;
    private int rounds;

    /**
     * With its mailbox.
     *
     * @param warmUps how often it is warmed up, by {@value #QUICK} commands each time
     */
    public ResyncFigure(int warmUps) {
        this.warmUps = warmUps;
    }

    @Override
    public String name() {
        return "resync";
    }

    @Override
    public String load() {
        return "SELECT 5 times in a round, each in a session of its own";
    }

    @Override
    public void prepare(Bed bed) throws IOException {
        try (ImapConnection imap = login(bed)) {
            imap.command("CREATE Away");
            ManyMessages.fill(bed, imap, "Away", SIZE);
        }
        Known known = change(bed);
        for (int i = 0; i < warmUps * QUICK; i++) {
            resync(bed, known);
        }
    }

    /** What the client that was away keeps. */
    private record Known(long uidValidity, long modseq) {}

    private static ImapConnection login(Bed bed) throws IOException {
        return ImapConnection.open(bed.stack().imap(), 1).login(bed.stack().accounts().getFirst());
    }

    @Override
    public void measure(Bed bed, Results results) throws IOException {
        Known known = change(bed);
        new Timed(results, bed.stack().name()).file("10,000 messages: SELECT (QRESYNC), 1,000 changes", () -> resync(bed, known));
    }

    /** Each change is a command, and they lie apart, as when somebody reads here and there for days. What was known before them. */
    private Known change(Bed bed) throws IOException {
        long[] known = new long[2];
        try (ImapConnection imap = login(bed)) {
            imap.command("SELECT Away (CONDSTORE)", line -> {
                known[0] = line.find(VALIDITY) < 0 ? known[0] : line.number(line.find(VALIDITY) + VALIDITY.length());
                known[1] = line.find(MODSEQ) < 0 ? known[1] : line.number(line.find(MODSEQ) + MODSEQ.length());
            });
            // A keyword that no message has yet: what a message has already is no change.
            rounds++;
            for (int i = 0; i < CHANGES; i++) {
                imap.command("STORE " + (1 + i * (SIZE / CHANGES)) + " FLAGS.SILENT (round" + rounds + ")");
            }
        }
        return new Known(known[0], known[1]);
    }

    /** How many nanoseconds the SELECT takes. */
    private static long resync(Bed bed, Known known) throws IOException {
        try (ImapConnection imap = login(bed)) {
            imap.command("ENABLE QRESYNC");
            long begun = System.nanoTime();
            imap.command("SELECT Away (QRESYNC (" + known.uidValidity() + " " + known.modseq() + "))", " FETCH (", CHANGES);
            return System.nanoTime() - begun;
        }
    }

    @Override
    public void finish(Bed bed) throws IOException {
        try (ImapConnection imap = login(bed)) {
            imap.command("DELETE Away");
        }
    }
}
