package org.postel.bench.figure;

import java.io.IOException;
import java.util.Locale;

import org.postel.bench.load.ImapConnection;
import org.postel.bench.load.Letter;
import org.postel.bench.load.LetterId;
import org.postel.bench.load.SizeMix;
import org.postel.bench.report.Metric;
import org.postel.bench.report.Percentiles;
import org.postel.bench.report.Results;

/** One client at work in a mailbox of many messages. */
public final class FolderFigure implements Figure {

    private static final int SOURCE = 500;
    private static final int PAGE = 50;
    private static final int PART = 1000;
    private static final int REPEATED = 5;
    private static final double MEDIAN = 50;

    private final int size;

    /** With so many messages in the mailbox, at least a thousand. */
    public FolderFigure(int size) {
        this.size = Math.max(size, PART);
    }

    @Override
    public String name() {
        return "imap";
    }

    /** The messages are appended once and copied until there are enough. */
    @Override
    public void prepare(Bed bed) throws IOException {
        try (ImapConnection imap = login(bed)) {
            imap.command("CREATE Source");
            imap.command("CREATE Large");
            Letter letter = new Letter(bed.prose());
            for (int i = 0; i < SOURCE; i++) {
                imap.append("Source", letter.write(new LetterId(1, i), "user1@bench.example.test", SizeMix.of(i)));
            }
            imap.command("SELECT Source");
            for (int there = 0; there < size; there += SOURCE) {
                imap.command("COPY 1:" + Math.min(SOURCE, size - there) + " Large");
            }
        }
        measure(bed, new Results());
    }

    @Override
    public void measure(Bed bed, Results results) throws IOException {
        try (ImapConnection imap = login(bed)) {
            Row row = new Row(imap, results, bed.stack().name());
            row.median("SELECT again", "SELECT Large");
            row.median("NOOP", "NOOP");
            row.median("FETCH 1:* (FLAGS)", "FETCH 1:* (FLAGS)");
            row.median("page of " + PAGE + " (ENVELOPE BODYSTRUCTURE FLAGS)",
                    "FETCH " + (size - PAGE + 1) + ":" + size + " (ENVELOPE BODYSTRUCTURE FLAGS)");
            row.once("STORE +FLAGS on " + PART, "STORE 1:" + PART + " +FLAGS.SILENT (\\Flagged)");
            row.median("SEARCH FLAGGED", "SEARCH FLAGGED");
            row.median("SEARCH SUBJECT", "SEARCH SUBJECT \"bench-1-77.\"");
            imap.command("STORE 1:" + PART + " -FLAGS.SILENT (\\Flagged)");
            imap.command("CREATE Part");
            row.once("COPY " + PART, "COPY 1:" + PART + " Part");
            imap.command("SELECT Part");
            imap.command("STORE 1:" + PART + " +FLAGS.SILENT (\\Deleted)");
            row.once("EXPUNGE " + PART, "EXPUNGE");
            imap.command("SELECT Large");
            imap.command("DELETE Part");
        }
    }

    private static ImapConnection login(Bed bed) throws IOException {
        return ImapConnection.open(bed.stack().imap(), 1).login(bed.stack().accounts().getFirst());
    }

    @Override
    public void finish(Bed bed) throws IOException {
        try (ImapConnection imap = login(bed)) {
            imap.command("DELETE Large");
            imap.command("DELETE Source");
        }
    }

    /** Times commands and files the times. */
    private final class Row {

        private final ImapConnection imap;
        private final Results results;
        private final String stack;

        Row(ImapConnection imap, Results results, String stack) {
            this.imap = imap;
            this.results = results;
            this.stack = stack;
        }

        void median(String label, String command) throws IOException {
            file(label, command, REPEATED);
        }

        void once(String label, String command) throws IOException {
            file(label, command, 1);
        }

        private void file(String label, String command, int times) throws IOException {
            long[] nanos = new long[times];
            for (int i = 0; i < times; i++) {
                long begun = System.nanoTime();
                imap.command(command);
                nanos[i] = System.nanoTime() - begun;
            }
            results.add(new Metric(String.format(Locale.ROOT, "%,d messages: %s", size, label), "ms"), stack,
                    new Percentiles(nanos).millis(MEDIAN));
        }
    }
}
