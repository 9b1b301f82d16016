package org.postel.bench.soak;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import org.postel.bench.load.Account;
import org.postel.bench.load.ImapConnection;
import org.postel.bench.load.Prose;
import org.postel.bench.stack.MailStack;

/**
 * Senders to all accounts, and readers: of each ten accounts four have a session in IDLE, four are looked after by IMAP now and then,
 * two by POP3.
 */
final class MixedLoad {

    private static final int SENDERS = 4;
    private static final int GROUP = 10;
    private static final int IDLE = 4;
    private static final int POLLED = 8;
    private static final int READERS = 4;
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final Duration DRAIN = Duration.ofSeconds(90);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

    private final MailStack stack;
    private final Ledger ledger;
    private final int rate;
    private final long run = System.currentTimeMillis();
    private final AtomicBoolean sendersEnded = new AtomicBoolean();
    private final AtomicBoolean readersEnded = new AtomicBoolean();
    private final List<Thread> senders = new ArrayList<>();
    private final List<Thread> readers = new ArrayList<>();
    private final Queue<ImapConnection> idle = new ConcurrentLinkedQueue<>();

    /** On a server, with so many messages in a second. */
    MixedLoad(MailStack stack, Ledger ledger, int rate) {
        this.stack = stack;
        this.ledger = ledger;
        this.rate = rate;
    }

    void start() {
        List<Account> polled = new ArrayList<>();
        List<Account> drops = new ArrayList<>();
        for (int i = 0; i < stack.accounts().size(); i++) {
            Account account = stack.accounts().get(i);
            if (i % GROUP < IDLE) {
                stay(account);
            } else {
                (i % GROUP < POLLED ? polled : drops).add(account);
            }
        }
        ImapReader imap = new ImapReader(stack, ledger, run);
        Pop3Reader pop3 = new Pop3Reader(stack, ledger, run);
        for (int i = 0; i < READERS; i++) {
            poll("IMAP", share(polled, i), imap::look);
            poll("POP3", share(drops, i), pop3::look);
        }
        AtomicInteger next = new AtomicInteger();
        Prose prose = new Prose();
        for (int i = 0; i < SENDERS; i++) {
            Sender sender = new Sender(stack, ledger, prose, run, next, rate);
            Worker worker = new Worker("SMTP", ledger, sendersEnded::get);
            senders.add(Thread.startVirtualThread(() -> worker.repeat(Duration.ZERO, () -> sender.work(worker))));
        }
    }

    private static List<Account> share(List<Account> accounts, int reader) {
        List<Account> share = new ArrayList<>();
        for (int i = reader; i < accounts.size(); i += READERS) {
            share.add(accounts.get(i));
        }
        return share;
    }

    private void stay(Account account) {
        Worker worker = new Worker("IDLE", ledger, readersEnded::get);
        readers.add(Thread.startVirtualThread(() -> worker.repeat(PAUSE, () -> {
            try (ImapConnection imap = ImapConnection.open(stack.imap(), 2)) {
                idle.add(imap);
                new ImapReader(stack, ledger, run).stay(account, imap, worker);
            }
        })));
    }

    private void poll(String name, List<Account> accounts, Look look) {
        Worker worker = new Worker(name, ledger, readersEnded::get);
        AtomicInteger turn = new AtomicInteger();
        readers.add(Thread.startVirtualThread(() -> worker.repeat(PAUSE,
                () -> look.at(accounts.get(turn.getAndIncrement() % accounts.size())))));
    }

    /** Sends nothing more, waits until all mail is found, and then a little for what should not come; hangs up. */
    void end() throws IOException {
        sendersEnded.set(true);
        join(senders);
        long end = System.nanoTime() + DRAIN.toNanos();
        while (ledger.missing() > 0 && System.nanoTime() < end) {
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
        LockSupport.parkNanos(Duration.ofSeconds(10).toNanos());
        readersEnded.set(true);
        for (ImapConnection connection : idle) {
            connection.close();
        }
        join(readers);
    }

    private static void join(List<Thread> threads) throws IOException {
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted", interrupted);
        }
    }

    /** One look after an account. */
    @FunctionalInterface
    private interface Look {
        void at(Account account) throws IOException;
    }
}
