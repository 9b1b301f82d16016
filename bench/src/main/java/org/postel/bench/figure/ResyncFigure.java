package org.postel.bench.figure;

import java.io.IOException;

import org.postel.bench.load.ImapConnection;
import org.postel.bench.report.Results;

/** A client that was away hears of 1,000 changes in a mailbox of 10,000 messages: SELECT with QRESYNC (RFC 7162 §3.2.5). */
public final class ResyncFigure implements Figure {

    private static final int SIZE = 10_000;
    private static final int CHANGES = 1000;
    private static final String MODSEQ = "[HIGHESTMODSEQ ";
    private static final String VALIDITY = "[UIDVALIDITY ";

    private int rounds;

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
    }

    private static ImapConnection login(Bed bed) throws IOException {
        return ImapConnection.open(bed.stack().imap(), 1).login(bed.stack().accounts().getFirst());
    }

    /** Each change is a command, and they lie apart, as when somebody reads here and there for days. */
    @Override
    public void measure(Bed bed, Results results) throws IOException {
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
        new Timed(results, bed.stack().name()).file("10,000 messages: SELECT (QRESYNC), 1,000 changes", () -> {
            try (ImapConnection imap = login(bed)) {
                imap.command("ENABLE QRESYNC");
                long begun = System.nanoTime();
                imap.command("SELECT Away (QRESYNC (" + known[0] + " " + known[1] + "))", " FETCH (", CHANGES);
                return System.nanoTime() - begun;
            }
        });
    }

    @Override
    public void finish(Bed bed) throws IOException {
        try (ImapConnection imap = login(bed)) {
            imap.command("DELETE Away");
        }
    }
}
