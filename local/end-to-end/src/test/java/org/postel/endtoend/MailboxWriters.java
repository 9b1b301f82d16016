package org.postel.endtoend;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.postel.launcher.platform.Port;

/**
 * Clients of all gateways append to one mailbox and change flags in it, and the check of what became of that: what was answered OK
 * is there under the UID that was told, no UID is given twice, and MODSEQ never goes back.
 */
final class MailboxWriters implements AutoCloseable {

    private static final int WRITERS_OF_EACH = 2;
    private static final Duration AFTER_A_REFUSAL = Duration.ofMillis(50);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
    private static final Pattern FETCHED = Pattern.compile("UID (\\d+) (FLAGS .*)");
    private static final Pattern APPENDED = Pattern.compile("APPENDUID (\\d+) (\\d+)");

    private final RunningPlatform platform;
    private final Account account;
    private final MailboxWatch watch;
    private final Map<Long, byte[]> appended = new ConcurrentHashMap<>();
    private final Map<Long, String> flagged = new ConcurrentHashMap<>();
    private final Set<String> validities = ConcurrentHashMap.newKeySet();
    private final Set<Long> givenTwice = ConcurrentHashMap.newKeySet();
    private final AtomicInteger numbers = new AtomicInteger();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean over;

    /** On a new account; they write from now on. */
    MailboxWriters(RunningPlatform platform) throws IOException {
        this.platform = platform;
        this.account = platform.account();
        this.watch = new MailboxWatch(platform, account);
        run(this::lookUntilOver);
        for (int port : platform.ports(Port.IMAP)) {
            for (int i = 0; i < WRITERS_OF_EACH; i++) {
                run(() -> writeUntilOver(port));
            }
        }
    }

    private void run(Runnable part) {
        threads.add(Thread.ofVirtual().uncaughtExceptionHandler((thread, failure) -> failures.add(failure)).start(part));
    }

    /** Answered OK to APPEND until now. */
    int appended() {
        return appended.size();
    }

    /** They finish what they have begun. */
    @Override
    public void close() {
        end();
        watch.close();
    }

    private void end() {
        over = true;
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void lookUntilOver() {
        while (!over) {
            watch.look();
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    private void writeUntilOver(int port) {
        while (!over) {
            try (ImapClient imap = ImapClient.inbox(port, account)) {
                while (!over) {
                    write(imap);
                }
            } catch (IOException broken) {
                // The gateway was killed or cannot serve now: what was not answered OK may be done or not.
                LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            }
        }
    }

    private void write(ImapClient imap) throws IOException {
        int number = numbers.incrementAndGet();
        byte[] message = Messages.plain("sender@example.org", account.address(), "append " + number);
        String answer = imap.append("INBOX", "", message);
        Matcher told = APPENDED.matcher(answer);
        if (!told.find()) {
            LockSupport.parkNanos(AFTER_A_REFUSAL.toNanos());
            return;
        }
        validities.add(told.group(1));
        long uid = Long.parseLong(told.group(2));
        if (appended.put(uid, message) != null) {
            givenTwice.add(uid);
        }
        String keyword = "k" + number % 8;
        if (imap.say("UID STORE " + uid + " +FLAGS.SILENT (\\Flagged " + keyword + ")").getLast().startsWith("OK")) {
            flagged.put(uid, keyword);
        }
    }

    /** Ends the writing, and looks at every message and at the log of the mailbox. */
    void check() throws IOException {
        end();
        System.out.println(appended.size() + " messages appended, " + flagged.size() + " flagged");
        assertEquals(List.of(), failures);
        watch.awaitAnswer();
        watch.look();
        watch.checkLog();
        assertEquals(Set.of(), givenTwice, "UIDs given twice");
        assertEquals(1, validities.size(), "UIDVALIDITY changed: " + validities);
        try (ImapClient imap = ImapClient.inbox(platform.port(Port.IMAP), account)) {
            Map<Long, byte[]> there = imap.messages();
            appended.forEach((uid, message) -> assertArrayEquals(message, there.get(uid), "UID " + uid));
            Map<Long, String> flags = flags(imap);
            flagged.forEach((uid, keyword) -> {
                String told = flags.getOrDefault(uid, "");
                assertTrue(told.contains("\\Flagged") && told.contains(keyword), () -> "UID " + uid + ": " + told);
            });
            assertTrue(imap.exists() >= appended.size());
        }
    }

    /** What FETCH says of each UID. */
    private static Map<Long, String> flags(ImapClient imap) throws IOException {
        return imap.ok("UID FETCH 1:* FLAGS").stream().map(FETCHED::matcher).filter(Matcher::find)
                .collect(Collectors.toMap(fetched -> Long.parseLong(fetched.group(1)), fetched -> fetched.group(2)));
    }
}
