package org.postel.endtoend;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Idles (RFC 2177) in an INBOX; when the gateway says BYE, or dies, it goes to the next one and idles on there. */
final class IdlingClient implements AutoCloseable {

    private static final Duration BEFORE_THE_NEXT = Duration.ofMillis(100);
    private static final Pattern EXISTS = Pattern.compile("\\* (\\d+) EXISTS");

    private final List<Integer> ports;
    private final Account account;
    private final Thread thread;
    private final List<String> abandoned = new CopyOnWriteArrayList<>();
    private volatile ImapClient now;
    private volatile int told;
    private volatile boolean over;

    /** @param ports of the gateways; at the first it begins */
    IdlingClient(List<Integer> ports, Account account) {
        this.ports = ports;
        this.account = account;
        this.thread = Thread.startVirtualThread(this::idleUntilOver);
    }

    /** How many messages it knows of. */
    int told() {
        return told;
    }

    /** The last words of gateways that hung up without BYE while it idled. */
    List<String> abandoned() {
        return abandoned;
    }

    private void idleUntilOver() {
        for (int turn = 0; !over; turn++) {
            try (ImapClient imap = ImapClient.inbox(ports.get(turn % ports.size()), account)) {
                now = imap;
                told = imap.exists();
                imap.idle();
                idle(imap);
            } catch (IOException elsewhere) {
                LockSupport.parkNanos(BEFORE_THE_NEXT.toNanos());
            }
        }
    }

    /** Until the gateway hangs up. */
    private void idle(ImapClient imap) throws IOException {
        List<String> heard = new ArrayList<>(List.of("nothing"));
        try {
            while (!over) {
                heard.set(0, imap.told());
                Matcher exists = EXISTS.matcher(heard.getFirst());
                if (exists.matches()) {
                    told = Integer.parseInt(exists.group(1));
                }
            }
        } catch (IOException gone) {
            if (!over && !heard.getFirst().startsWith("* BYE")) {
                abandoned.add(heard.getFirst() + ", then " + gone);
            }
            throw gone;
        }
    }

    @Override
    public void close() {
        over = true;
        try {
            while (thread.isAlive()) {
                // Whichever connection it has by now.
                now.close();
                thread.join(BEFORE_THE_NEXT);
            }
        } catch (IOException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
