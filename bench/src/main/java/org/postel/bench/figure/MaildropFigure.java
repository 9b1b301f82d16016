package org.postel.bench.figure;

import java.io.IOException;
import java.util.Locale;

import org.postel.bench.load.Account;
import org.postel.bench.load.ImapConnection;
import org.postel.bench.load.Pop3Connection;
import org.postel.bench.report.Results;

/** A client that looks whether there is new mail in a large maildrop (RFC 1939): what it costs must not grow with the maildrop. */
public final class MaildropFigure implements Figure {

    private static final int SIZE = 10_000;
    private static final int LARGE = 100_000;

    @Override
    public String name() {
        return "maildrop";
    }

    @Override
    public String load() {
        return "each 5 times in a round, in a session of its own";
    }

    /** A maildrop is the INBOX, so two accounts in the middle lose what is in theirs. */
    @Override
    public void prepare(Bed bed) throws IOException {
        fill(bed, SIZE);
        fill(bed, LARGE);
    }

    private static void fill(Bed bed, int size) throws IOException {
        try (ImapConnection imap = ImapConnection.open(bed.stack().imap(), 1).login(account(bed, size))) {
            ManyMessages.fill(bed, imap, "INBOX", size);
        }
    }

    private static Account account(Bed bed, int size) {
        return bed.stack().accounts().get(bed.stack().accounts().size() / 2 + (size == LARGE ? 1 : 0));
    }

    @Override
    public void measure(Bed bed, Results results) throws IOException {
        Timed timed = new Timed(results, bed.stack().name());
        for (int size : new int[] {SIZE, LARGE}) {
            timed.file(String.format(Locale.ROOT, "maildrop of %,d messages: log-in and STAT", size), () -> {
                long begun = System.nanoTime();
                try (Pop3Connection pop3 = Pop3Connection.open(bed.stack().pop3(), 1, account(bed, size))) {
                    expect(pop3.messages(), size);
                    long ended = System.nanoTime();
                    pop3.command("QUIT");
                    return ended - begun;
                }
            });
        }
        list(bed, timed, "UIDL");
        list(bed, timed, "LIST");
    }

    private static void list(Bed bed, Timed timed, String command) throws IOException {
        timed.file("maildrop of 10,000 messages: " + command, () -> {
            try (Pop3Connection pop3 = Pop3Connection.open(bed.stack().pop3(), 1, account(bed, SIZE))) {
                long begun = System.nanoTime();
                expect(pop3.lines(command), SIZE);
                long ended = System.nanoTime();
                pop3.command("QUIT");
                return ended - begun;
            }
        });
    }

    private static void expect(int found, int wanted) throws IOException {
        if (found != wanted) {
            throw new IOException(found + " messages in the maildrop instead of " + wanted);
        }
    }
}
