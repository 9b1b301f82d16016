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
import org.postel.bench.load.SizeMix;
import org.postel.bench.load.SmtpConnection;
import org.postel.bench.report.Metric;
import org.postel.bench.report.Percentiles;
import org.postel.bench.report.Results;

/** How soon 50 sessions of one account, all in IDLE (RFC 2177), hear of a mail: from MAIL FROM until the last of them has. */
public final class ToldFigure implements Figure {

    private static final int SESSIONS = 50;
    private static final int MAILS = 10;
    private static final double MEDIAN = 50;

    @Override
    public String name() {
        return "told";
    }

    @Override
    public String load() {
        return MAILS + " mails in a round, one after the other";
    }

    @Override
    public void prepare(Bed bed) throws IOException {
        measure(bed, new Results());
    }

    @Override
    public void measure(Bed bed, Results results) throws IOException {
        Account account = bed.stack().accounts().getLast();
        List<ImapConnection> idle = new ArrayList<>();
        try (SmtpConnection smtp = SmtpConnection.open(bed.stack().smtp(), 1)) {
            long there = 0;
            for (int i = 0; i < SESSIONS; i++) {
                ImapConnection session = ImapConnection.open(bed.stack().imap(), 2);
                idle.add(session);
                there = session.login(account).open("SELECT INBOX");
                session.idle();
            }
            long run = System.currentTimeMillis();
            long[] nanos = new long[MAILS];
            for (int i = 0; i < MAILS; i++) {
                Letter letter = new Letter(bed.prose()).write(new LetterId(run, i), account.address(), SizeMix.of(0)).dotted();
                nanos[i] = send(smtp, letter, account, idle, there + i + 1);
            }
            check(idle.getFirst(), there, run);
            results.add(new Metric("until 50 idle sessions of an account are told", "ms"), bed.stack().name(),
                    new Percentiles(nanos).millis(MEDIAN));
        } finally {
            for (ImapConnection session : idle) {
                session.close();
            }
        }
    }

    private static long send(SmtpConnection smtp, Letter letter, Account account, List<ImapConnection> idle, long messages)
            throws IOException {
        AtomicLong last = new AtomicLong();
        long begun = System.nanoTime();
        smtp.send("load@load.example.test", List.of(account.address()), letter);
        Crew.run(idle.size(), member -> {
            idle.get(member).told(messages);
            last.accumulateAndGet(System.nanoTime() - begun, Math::max);
        });
        return last.get();
    }

    private static void check(ImapConnection session, long there, long run) throws IOException {
        session.done();
        int found = Census.of(session, there + 1, run).cardinality();
        if (found != MAILS) {
            throw new IOException("Of " + MAILS + " mails " + found + " are there");
        }
    }
}
