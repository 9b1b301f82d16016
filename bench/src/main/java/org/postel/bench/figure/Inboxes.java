package org.postel.bench.figure;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

import org.postel.bench.load.Account;
import org.postel.bench.load.Crew;
import org.postel.bench.load.ImapConnection;
import org.postel.bench.stack.MailStack;

/**
 * One IMAP session for each account, which counts what has arrived: cheap enough not to disturb what is measured. For one thread.
 */
public final class Inboxes implements AutoCloseable {

    private static final int LOGINS_AT_ONCE = 4;
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(20);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(250);
    /** Looks are so far apart that they say the time with an error of a hundredth. */
    private static final int FRACTION = 100;
    /** A server that delivers nothing at all for so long has lost what is missing. */
    private static final Duration STANDSTILL = Duration.ofSeconds(60);

    private final List<ImapConnection> sessions = new ArrayList<>();

    private Inboxes() {
    }

    /** Logged in to all accounts. */
    public static Inboxes open(MailStack stack) throws IOException {
        Inboxes inboxes = new Inboxes();
        for (Account account : stack.accounts()) {
            inboxes.sessions.add(ImapConnection.open(stack.imap(), 1));
        }
        Crew.run(LOGINS_AT_ONCE, member -> {
            for (int i = member; i < stack.accounts().size(); i += LOGINS_AT_ONCE) {
                inboxes.sessions.get(i).login(stack.accounts().get(i));
            }
        });
        return inboxes;
    }

    /** How many messages each has now. */
    public long[] counts() throws IOException {
        long[] counts = new long[sessions.size()];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = sessions.get(i).messages();
        }
        return counts;
    }

    /**
     * Waits until each has so many messages.
     *
     * @param begun when the mail was sent, as of {@link System#nanoTime}
     * @throws IOException when nothing moves for a minute
     */
    public void await(long[] wanted, long begun) throws IOException {
        for (int i = 0; i < wanted.length; i++) {
            long seen = -1;
            long moved = System.nanoTime();
            long now = sessions.get(i).messages();
            while (now < wanted[i]) {
                if (now != seen) {
                    seen = now;
                    moved = System.nanoTime();
                } else if (System.nanoTime() - moved > STANDSTILL.toNanos()) {
                    throw new IOException("Account " + (i + 1) + " has " + now + " messages instead of " + wanted[i]);
                }
                LockSupport.parkNanos(Math.clamp((System.nanoTime() - begun) / FRACTION, SHORTEST_PAUSE.toNanos(),
                        LONGEST_PAUSE.toNanos()));
                now = sessions.get(i).messages();
            }
        }
    }

    /**
     * Looks whether every message of a run is in the mailboxes it was sent to, once, and in no other.
     *
     * @param before how many messages each had before the run
     * @throws IOException when it is not so
     */
    public void check(Round round, long[] before) throws IOException {
        for (int account = 0; account < sessions.size(); account++) {
            BitSet found = found(round, account, before[account] + 1);
            BitSet expected = round.expected(account, sessions.size());
            if (!found.equals(expected)) {
                found.xor(expected);
                throw new IOException("Account " + (account + 1) + ": lost or misplaced are the messages " + found);
            }
        }
    }

    /** A field of the newest message of an account; empty when it is not there. */
    String newest(int account, String field) throws IOException {
        ImapConnection session = sessions.get(account);
        long newest = session.open("EXAMINE INBOX");
        String found = session.field(newest, field);
        session.command("CLOSE");
        return found;
    }

    private BitSet found(Round round, int account, long first) throws IOException {
        if (round.deliveriesTo(account, sessions.size()) == 0) {
            return new BitSet();
        }
        ImapConnection session = sessions.get(account);
        session.command("EXAMINE INBOX");
        BitSet found = Census.of(session, first, round.run());
        session.command("CLOSE");
        return found;
    }

    @Override
    public void close() throws IOException {
        for (ImapConnection session : sessions) {
            session.close();
        }
    }
}
