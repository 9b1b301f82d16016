package org.postel.bench.figure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import org.postel.bench.load.Account;
import org.postel.bench.load.Crew;
import org.postel.bench.load.ImapConnection;
import org.postel.bench.load.Letter;
import org.postel.bench.load.LetterId;
import org.postel.bench.load.Pop3Connection;
import org.postel.bench.load.SizeMix;
import org.postel.bench.report.Metric;
import org.postel.bench.report.Results;

/** Ten users at once download their maildrops of 500 messages (RFC 1939 RETR), and leave them there. */
public final class Pop3Figure implements Figure {

    private static final int USERS = 10;
    private static final int MESSAGES = 500;
    private static final long RUN = 3;
    private static final double NANOS = 1e9;
    private static final double MEGA = 1e6;

    private final int warmUps;

    /** With so many rounds at least before the first that counts: see {@link Unmeasured}. */
    public Pop3Figure(int warmUps) {
        this.warmUps = warmUps;
    }

    @Override
    public String name() {
        return "pop3";
    }

    @Override
    public String load() {
        return USERS + " maildrops of " + MESSAGES + " messages in a round";
    }

    /** A maildrop is the INBOX, so the last ten accounts lose what is in theirs. */
    @Override
    public void prepare(Bed bed) throws IOException {
        Crew.run(USERS, user -> fill(bed, user));
        new Unmeasured(warmUps).run(name(), bed, () -> measure(bed, new Results()));
    }

    private static void fill(Bed bed, int user) throws IOException {
        Account account = account(bed, user);
        try (ImapConnection imap = ImapConnection.open(bed.stack().imap(), 1).login(account)) {
            if (imap.open("SELECT INBOX") > 0) {
                imap.command("STORE 1:* +FLAGS.SILENT (\\Deleted)");
                imap.command("EXPUNGE");
            }
            Letter letter = new Letter(bed.prose());
            for (int i = 0; i < MESSAGES; i++) {
                imap.append("INBOX", letter.write(new LetterId(RUN, i), account.address(), SizeMix.of(i)));
            }
        }
    }

    @Override
    public void measure(Bed bed, Results results) throws IOException {
        List<Pop3Connection> open = new ArrayList<>();
        try {
            for (int user = 0; user < USERS; user++) {
                Pop3Connection pop3 = Pop3Connection.open(bed.stack().pop3(), 1, account(bed, user));
                open.add(pop3);
                int messages = pop3.messages();
                if (messages != MESSAGES) {
                    throw new IOException("STAT says " + messages + " messages instead of " + MESSAGES);
                }
            }
            AtomicLong octets = new AtomicLong();
            long begun = System.nanoTime();
            Crew.run(USERS, user -> octets.addAndGet(retrieve(open.get(user))));
            double seconds = (System.nanoTime() - begun) / NANOS;
            for (Pop3Connection pop3 : open) {
                pop3.command("QUIT");
            }
            results.add(new Metric("POP3, 10 users: RETR", "1/s"), bed.stack().name(), USERS * MESSAGES / seconds);
            results.add(new Metric("POP3, 10 users: download", "MB/s"), bed.stack().name(), octets.get() / MEGA / seconds);
        } finally {
            for (Pop3Connection pop3 : open) {
                pop3.close();
            }
        }
    }

    /** Everything; returns the octets. Each message must be there once. */
    private static long retrieve(Pop3Connection pop3) throws IOException {
        Census census = new Census(RUN);
        long octets = 0;
        for (int i = 1; i <= MESSAGES; i++) {
            Pop3Connection.Retrieved message = pop3.retrieve(i, RUN);
            census.see(message.number());
            octets += message.octets();
        }
        int found = census.result().cardinality();
        if (found != MESSAGES) {
            throw new IOException(found + " of " + MESSAGES + " messages are in the maildrop");
        }
        return octets;
    }

    private static Account account(Bed bed, int user) {
        return bed.stack().accounts().get(bed.stack().accounts().size() - 1 - user);
    }
}
