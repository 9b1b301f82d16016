package org.postel.bench.figure;

import java.io.IOException;

import org.postel.bench.load.ImapConnection;
import org.postel.bench.load.Letter;
import org.postel.bench.load.LetterId;
import org.postel.bench.load.SizeMix;
import org.postel.bench.report.Results;

/** A client that looks into 1,000 mailboxes with one command: LIST-STATUS (RFC 5819). */
public final class FoldersFigure implements Figure {

    private static final int FOLDERS = 1000;
    private static final int QUICK = 60;

    private final int warmUps;

    /**
     * Of as many mailboxes as are made for it.
     *
     * @param warmUps how often it is warmed up, by {@value #QUICK} commands each time
     */
    public FoldersFigure(int warmUps) {
        this.warmUps = warmUps;
    }

    @Override
    public String name() {
        return "folders";
    }

    @Override
    public String load() {
        return "LIST 5 times in a round; each mailbox has one message";
    }

    @Override
    public void prepare(Bed bed) throws IOException {
        try (ImapConnection imap = login(bed)) {
            Letter letter = new Letter(bed.prose());
            for (int i = 0; i < FOLDERS; i++) {
                imap.command("CREATE many" + i);
                imap.append("many" + i, letter.write(new LetterId(1, i), "user1@bench.example.test", SizeMix.of(0)));
            }
            for (int i = 0; i < warmUps * QUICK; i++) {
                list(imap);
            }
        }
    }

    private static ImapConnection login(Bed bed) throws IOException {
        return ImapConnection.open(bed.stack().imap(), 1).login(bed.stack().accounts().getFirst());
    }

    @Override
    public void measure(Bed bed, Results results) throws IOException {
        try (ImapConnection imap = login(bed)) {
            new Timed(results, bed.stack().name()).file("1,000 mailboxes: LIST RETURN (STATUS (MESSAGES UNSEEN))", () -> {
                long begun = System.nanoTime();
                list(imap);
                return System.nanoTime() - begun;
            });
        }
    }

    private static void list(ImapConnection imap) throws IOException {
        imap.command("LIST \"\" many* RETURN (STATUS (MESSAGES UNSEEN))", "(MESSAGES 1 UNSEEN 1)", FOLDERS);
    }

    @Override
    public void finish(Bed bed) throws IOException {
        try (ImapConnection imap = login(bed)) {
            for (int i = 0; i < FOLDERS; i++) {
                imap.command("DELETE many" + i);
            }
        }
    }
}
