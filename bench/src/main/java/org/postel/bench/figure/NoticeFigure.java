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

/** How soon sessions in IDLE (RFC 2177) hear of a mail that was accepted: until the last of them has. */
public final class NoticeFigure implements Figure {

    private static final int MAILS = 20;
    private static final double MEDIAN = 50;

    private final String name;
    private final String label;
    private final int sessions;

    /** With so many sessions of one account. */
    public NoticeFigure(String name, String label, int sessions) {
        this.name = name;
        this.label = label;
        this.sessions = sessions;
    }

    @Override
    public String name() {
        return name;
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
            for (int i = 0; i < sessions; i++) {
                ImapConnection session = ImapConnection.open(bed.stack().imap(), 2);
                idle.add(session);
                session.login(account).command("SELECT INBOX");
                session.idle();
            }
            long[] nanos = new long[MAILS];
            for (int i = 0; i < MAILS; i++) {
                nanos[i] = send(bed, smtp, idle, account, i);
            }
            results.add(new Metric(label, "ms"), bed.stack().name(), new Percentiles(nanos).millis(MEDIAN));
        } finally {
            for (ImapConnection session : idle) {
                session.close();
            }
        }
    }

    private long send(Bed bed, SmtpConnection smtp, List<ImapConnection> idle, Account account, int number) throws IOException {
        Letter letter = new Letter(bed.prose()).write(new LetterId(System.currentTimeMillis(), number), account.address(),
                SizeMix.of(0)).dotted();
        long begun = System.nanoTime();
        smtp.send("load@load.example.test", List.of(account.address()), letter);
        AtomicLong last = new AtomicLong();
        Crew.run(idle.size(), member -> {
            idle.get(member).told();
            last.accumulateAndGet(System.nanoTime(), Math::max);
        });
        return last.get() - begun;
    }
}
