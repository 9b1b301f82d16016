package org.postel.bench.figure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

import org.postel.bench.load.Account;
import org.postel.bench.load.Crew;
import org.postel.bench.load.ImapConnection;
import org.postel.bench.load.Letter;
import org.postel.bench.load.SizeMix;
import org.postel.bench.load.SmtpConnection;
import org.postel.bench.report.Metric;
import org.postel.bench.report.Percentiles;
import org.postel.bench.report.Results;

/**
 * How soon a client in IDLE (RFC 2177) hears of a mail while few are sent: 20 a second to all accounts in turn, each of which has
 * one session. The time runs from MAIL FROM to EXISTS.
 */
public final class NoticeFigure implements Figure {

    private static final int MAILS = 400;
    private static final int SENDERS = 4;
    private static final long PACE = 50_000_000;
    private static final double MEDIAN = 50;
    private static final double NEARLY_ALL = 99;
    private static final String LABEL = "SMTP to notice in IDLE at 20/s";

    @Override
    public String name() {
        return "quiet";
    }

    @Override
    public String load() {
        return MAILS + " mails in a round, 100 accounts with a session in IDLE each";
    }

    @Override
    public void prepare(Bed bed) throws IOException {
        measure(bed, new Results());
    }

    @Override
    public void measure(Bed bed, Results results) throws IOException {
        Round round = Round.of(SENDERS, MAILS, 1);
        long[] before = bed.inboxes().counts();
        Percentiles times = new Percentiles(times(bed, round));
        bed.inboxes().check(round, before);
        results.add(new Metric(LABEL + ", p50", "ms"), bed.stack().name(), times.millis(MEDIAN));
        results.add(new Metric(LABEL + ", p99", "ms"), bed.stack().name(), times.millis(NEARLY_ALL));
    }

    private static long[] times(Bed bed, Round round) throws IOException {
        List<Account> accounts = bed.stack().accounts();
        List<ImapConnection> idle = new ArrayList<>();
        long[] sent = new long[MAILS];
        long[] heard = new long[MAILS];
        try {
            long[] there = new long[accounts.size()];
            for (int i = 0; i < accounts.size(); i++) {
                ImapConnection session = ImapConnection.open(bed.stack().imap(), 2);
                idle.add(session);
                there[i] = session.login(accounts.get(i)).open("SELECT INBOX");
                session.idle();
            }
            Crew.run(SENDERS + accounts.size(), member -> {
                if (member < SENDERS) {
                    send(bed, round, member, sent);
                } else {
                    int account = member - SENDERS;
                    listen(idle.get(account), there[account], account, accounts.size(), heard);
                }
            });
        } finally {
            for (ImapConnection session : idle) {
                session.close();
            }
        }
        for (int i = 0; i < MAILS; i++) {
            heard[i] -= sent[i];
        }
        return heard;
    }

    private static void send(Bed bed, Round round, int sender, long[] sent) throws IOException {
        Letter letter = new Letter(bed.prose());
        long begun = System.nanoTime();
        try (SmtpConnection smtp = SmtpConnection.open(bed.stack().smtp(), 1)) {
            for (int i = sender; i < MAILS; i += SENDERS) {
                LockSupport.parkNanos(begun + i * PACE - System.nanoTime());
                List<String> to = round.to(i, bed.stack().accounts());
                letter.write(round.id(i), to.getFirst(), SizeMix.of(i)).dotted();
                sent[i] = System.nanoTime();
                smtp.send("load@load.example.test", to, letter);
            }
        }
    }

    /** An account's mails arrive five seconds apart, so the next one in its INBOX is the next one that was sent to it. */
    private static void listen(ImapConnection session, long there, int account, int accounts, long[] heard) throws IOException {
        int mail = account;
        while (mail < MAILS) {
            long messages = session.told(there + mail / accounts + 1);
            long now = System.nanoTime();
            for (; mail < MAILS && there + mail / accounts < messages; mail += accounts) {
                heard[mail] = now;
            }
        }
    }
}
