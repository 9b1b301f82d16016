package org.postel.bench.figure;

import java.io.IOException;
import java.util.Locale;

import org.postel.bench.load.ImapConnection;
import org.postel.bench.report.Metric;
import org.postel.bench.report.Percentiles;
import org.postel.bench.report.Results;

/** One client at work in a mailbox of many messages. Each answer is counted, so that no time is filed for work not done. */
public final class FolderFigure implements Figure {

    private static final int PAGE = 50;
    private static final int PART = 1000;
    private static final int HALF = 50_000;
    private static final int CHANGES = 10;
    private static final int REPEATED = 5;
    /** How often each quick command is run for each round of warm-up. */
    private static final int QUICK = 60;
    /** How often each quick command is run unmeasured within a round. */
    private static final int RUN_IN = 20;
    private static final double MEDIAN = 50;
    private static final String AFTER_A_PAUSE = ", after a pause";
    private static final String FETCH = " FETCH (";

    private final String name;
    private final int size;
    private final int warmUps;

    /**
     * With its mailbox.
     *
     * @param size messages in it, at least a thousand
     * @param warmUps rounds at least before the first that counts: see {@link Unmeasured}
     */
    public FolderFigure(String name, int size, int warmUps) {
        this.name = name;
        this.size = Math.max(size, PART);
        this.warmUps = warmUps;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String load() {
        return "each command " + REPEATED + " times in a round";
    }

    @Override
    public void prepare(Bed bed) throws IOException {
        try (ImapConnection imap = login(bed)) {
            imap.command("CREATE Large");
            ManyMessages.fill(bed, imap, "Large", size);
        }
        warm(bed, warmUps * QUICK);
        new Unmeasured(warmUps).run(name(), bed, () -> measure(bed, new Results()));
    }

    /** A JVM translates what ran some hundred times, and processors forget what did not run of late; the quick commands run only a few times in a round. */
    private void warm(Bed bed, int times) throws IOException {
        try (ImapConnection imap = login(bed)) {
            long before = highestModSeq(imap);
            for (int i = 0; i < times; i++) {
                select(imap, "SELECT Large", size);
                imap.command("NOOP");
                imap.command("FETCH 1:* (FLAGS)");
                imap.command("FETCH " + (size - PAGE + 1) + ":" + size + " (ENVELOPE BODYSTRUCTURE FLAGS)");
                imap.command("FETCH 1:* (FLAGS) (CHANGEDSINCE " + before + ")");
                imap.command("STORE 1:" + PART + " +FLAGS (\\Flagged)");
                imap.command("STORE 1:" + PART + " -FLAGS.SILENT (\\Flagged)");
            }
        }
        for (int i = 0; i < times; i++) {
            try (ImapConnection imap = login(bed)) {
                select(imap, "SELECT Large", size);
            }
        }
    }

    @Override
    public void measure(Bed bed, Results results) throws IOException {
        Rows rows = new Rows(results, bed.stack().name());
        afterAPause(bed, rows);
        warm(bed, RUN_IN);
        selectFirst(bed, rows, "");
        try (ImapConnection imap = login(bed)) {
            select(imap, "SELECT Large", size);
            look(imap, rows);
            flag(imap, rows, PART);
            if (size >= HALF) {
                flag(imap, rows, HALF);
            }
            lookIntoAll(imap, rows);
            copyAndExpunge(imap, rows);
        }
        // In a session of its own: what enables CONDSTORE changes the answers of every command after it (RFC 7162 §3.1.2).
        try (ImapConnection imap = login(bed)) {
            if (imap.offers("CONDSTORE")) {
                changedSince(imap, rows);
            } else {
                results.note(bed.stack().name() + " is left out of FETCH CHANGEDSINCE: its CAPABILITY lacks CONDSTORE.");
            }
        }
    }

    /** What a server did not do since its last round takes longer, as on one that has little to do. */
    private void afterAPause(Bed bed, Rows rows) throws IOException {
        selectFirst(bed, rows, AFTER_A_PAUSE);
        try (ImapConnection imap = login(bed)) {
            select(imap, "SELECT Large", size);
            store(imap, rows, PART, AFTER_A_PAUSE);
        }
    }

    /** As a mail program that was just started does: the server knows the mailbox, the session does not. */
    private void selectFirst(Bed bed, Rows rows, String when) throws IOException {
        long[] nanos = new long[REPEATED];
        for (int i = 0; i < REPEATED; i++) {
            try (ImapConnection imap = login(bed)) {
                long begun = System.nanoTime();
                select(imap, "SELECT Large", size);
                nanos[i] = System.nanoTime() - begun;
            }
        }
        rows.file("SELECT, first of a session" + when, nanos);
    }

    private void look(ImapConnection imap, Rows rows) throws IOException {
        rows.time("SELECT again, unchanged", () -> select(imap, "SELECT Large", size));
        rows.time("NOOP, unchanged", () -> imap.command("NOOP"));
        rows.time("FETCH 1:* (FLAGS)", () -> imap.command("FETCH 1:* (FLAGS)", FETCH, size));
        rows.time("page of 50 (ENVELOPE BODYSTRUCTURE FLAGS)", () -> imap.command(
                "FETCH " + (size - PAGE + 1) + ":" + size + " (ENVELOPE BODYSTRUCTURE FLAGS)", FETCH, PAGE));
    }

    /** Takes seconds, so it comes after the quick commands. */
    private void lookIntoAll(ImapConnection imap, Rows rows) throws IOException {
        if (imap.offers("SORT")) {
            rows.time("SORT (DATE)", () -> imap.command("SORT (DATE) UTF-8 ALL"));
        }
        if (imap.offers("THREAD=REFERENCES")) {
            rows.time("THREAD REFERENCES", () -> imap.command("THREAD REFERENCES UTF-8 ALL"));
        }
        if (size < HALF) {
            // In each message, to its end: nobody writes this word.
            rows.time("SEARCH BODY, nothing found", () -> search(imap, "SEARCH BODY \"zqxjkvb\"", 0));
        }
        rows.time("SEARCH SUBJECT", () -> search(imap, "SEARCH SUBJECT \"bench-1-77.\"", (size + ManyMessages.SOURCE - 1 - 77) / ManyMessages.SOURCE));
    }

    private static void store(ImapConnection imap, Rows rows, int messages, String when) throws IOException {
        rows.time(String.format(Locale.ROOT, "STORE +FLAGS on %,d%s", messages, when),
                () -> imap.command("STORE 1:" + messages + " +FLAGS (\\Flagged)", FETCH, messages),
                () -> imap.command("STORE 1:" + messages + " -FLAGS.SILENT (\\Flagged)"));
    }

    private static void flag(ImapConnection imap, Rows rows, int messages) throws IOException {
        store(imap, rows, messages, "");
        imap.command("STORE 1:" + messages + " +FLAGS.SILENT (\\Flagged)");
        rows.time(String.format(Locale.ROOT, "SEARCH FLAGGED, %,d found", messages), () -> search(imap, "SEARCH FLAGGED", messages));
        imap.command("STORE 1:" + messages + " -FLAGS.SILENT (\\Flagged)");
    }

    private static void copyAndExpunge(ImapConnection imap, Rows rows) throws IOException {
        imap.command("CREATE Part");
        rows.time("COPY 1,000", () -> imap.command("COPY 1:" + PART + " Part"));
        select(imap, "SELECT Part", REPEATED * PART);
        Action mark = () -> imap.command("STORE 1:" + PART + " +FLAGS.SILENT (\\Deleted)");
        mark.run();
        rows.time("EXPUNGE 1,000", () -> imap.command("EXPUNGE", " EXPUNGE", PART), () -> {
            if (imap.open("SELECT Part") > 0) {
                mark.run();
            }
        });
        imap.command("SELECT Large");
        imap.command("DELETE Part");
    }

    /** RFC 7162 §3.1.4.1. The changed messages lie apart, as they do when somebody has read here and there. */
    private void changedSince(ImapConnection imap, Rows rows) throws IOException {
        long before = highestModSeq(imap);
        for (int i = 0; i < CHANGES; i++) {
            imap.command("STORE " + (1 + i * (size / CHANGES)) + " +FLAGS.SILENT (\\Answered)");
        }
        rows.time("FETCH 1:* (FLAGS) (CHANGEDSINCE), 10 changes",
                () -> imap.command("FETCH 1:* (FLAGS) (CHANGEDSINCE " + before + ")", FETCH, CHANGES));
        imap.command("STORE 1:* -FLAGS.SILENT (\\Answered)");
    }

    private static long highestModSeq(ImapConnection imap) throws IOException {
        String code = "[HIGHESTMODSEQ ";
        long[] value = {0};
        imap.command("SELECT Large (CONDSTORE)", line -> {
            int at = line.find(code);
            value[0] = at < 0 ? value[0] : line.number(at + code.length());
        });
        if (value[0] == 0) {
            throw new IOException("SELECT (CONDSTORE) was answered without HIGHESTMODSEQ");
        }
        return value[0];
    }

    private static void select(ImapConnection imap, String command, long wanted) throws IOException {
        long messages = imap.open(command);
        if (messages != wanted) {
            throw new IOException(command + ": " + messages + " messages instead of " + wanted);
        }
    }

    private static void search(ImapConnection imap, String command, int wanted) throws IOException {
        int found = imap.search(command);
        if (found != wanted) {
            throw new IOException(command + " found " + found + " instead of " + wanted);
        }
    }

    private static ImapConnection login(Bed bed) throws IOException {
        return ImapConnection.open(bed.stack().imap(), 1).login(bed.stack().accounts().getFirst());
    }

    @Override
    public void finish(Bed bed) throws IOException {
        try (ImapConnection imap = login(bed)) {
            imap.command("DELETE Large");
        }
    }

    /** Something with the server. */
    @FunctionalInterface
    private interface Action {
        void run() throws IOException;
    }

    /** Times actions and files the medians. */
    private final class Rows {

        private final Results results;
        private final String stack;

        Rows(Results results, String stack) {
            this.results = results;
            this.stack = stack;
        }

        void time(String label, Action action) throws IOException {
            time(label, action, () -> { });
        }

        /** Only the first action is timed; the other makes it possible again. */
        void time(String label, Action action, Action again) throws IOException {
            long[] nanos = new long[REPEATED];
            for (int i = 0; i < REPEATED; i++) {
                long begun = System.nanoTime();
                action.run();
                nanos[i] = System.nanoTime() - begun;
                again.run();
            }
            file(label, nanos);
        }

        void file(String label, long[] nanos) {
            results.add(new Metric(String.format(Locale.ROOT, "%,d messages: %s", size, label), "ms"), stack,
                    new Percentiles(nanos).millis(MEDIAN));
        }
    }
}
