package org.postel.bench.soak;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import org.postel.bench.load.Letter;
import org.postel.bench.load.LetterId;
import org.postel.bench.load.Prose;
import org.postel.bench.load.SizeMix;
import org.postel.bench.load.SmtpConnection;
import org.postel.bench.stack.MailStack;

/** Sends mail to all accounts in turn, so many a second together with its colleagues, some on each connection. */
final class Sender {

    private static final String FROM = "load@load.example.test";
    private static final int ON_ONE_CONNECTION = 50;
    private static final double NANOS = 1e9;

    private final MailStack stack;
    private final Ledger ledger;
    private final long run;
    private final AtomicInteger next;
    private final double perNano;
    private final long begun = System.nanoTime();
    private final Letter letter;

    /**
     * With what it shares with its colleagues.
     *
     * @param next number of the next message
     * @param rate messages in a second, of all senders
     */
    Sender(MailStack stack, Ledger ledger, Prose prose, long run, AtomicInteger next, int rate) {
        this.stack = stack;
        this.ledger = ledger;
        this.run = run;
        this.next = next;
        this.perNano = rate / NANOS;
        this.letter = new Letter(prose);
    }

    /** One connection. */
    void work(Worker worker) throws IOException {
        try (SmtpConnection smtp = SmtpConnection.open(stack.smtp(), 1)) {
            for (int i = 0; i < ON_ONE_CONNECTION && !worker.ended().getAsBoolean(); i++) {
                int number = next.getAndIncrement();
                LockSupport.parkNanos(begun + (long) (number / perNano) - System.nanoTime());
                String to = stack.accounts().get(number % stack.accounts().size()).address();
                smtp.send(FROM, List.of(to), letter.write(new LetterId(run, number), to, SizeMix.of(number)).dotted());
                ledger.sent(number);
            }
        }
    }
}
