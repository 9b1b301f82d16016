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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postel.engines.Child;
import org.postel.launcher.platform.Platform;
import org.postel.launcher.platform.Port;
import org.postel.launcher.platform.Replica;
import org.postel.launcher.platform.ServiceName;

/**
 * Two gateways append to one mailbox and change flags in it while processes are killed: what was answered OK is there under the
 * UID that was told, no UID is given twice, and MODSEQ never goes back.
 */
@Timeout(600)
class ChaosImapTest {

    private static final int WRITERS_OF_EACH = 2;
    private static final int AT_LEAST = 200;
    private static final Pattern APPENDED = Pattern.compile("APPENDUID (\\d+) (\\d+)");

    private static RunningPlatform platform;

    private final Map<Long, byte[]> appended = new ConcurrentHashMap<>();
    private final Map<Long, String> flagged = new ConcurrentHashMap<>();
    private final Set<String> validities = ConcurrentHashMap.newKeySet();
    private final Set<Long> givenTwice = ConcurrentHashMap.newKeySet();
    private final AtomicInteger numbers = new AtomicInteger();
    private final AtomicBoolean over = new AtomicBoolean();

    @BeforeAll
    static void start() {
        platform = RunningPlatform.start(RunningPlatform.impatient());
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @Test
    void whatWasAnsweredOkStaysWhoeverDies() throws IOException, InterruptedException {
        Account account = platform.account();
        Replica twin = platform.platform().another(ServiceName.IMAP_GATEWAY);
        twin.child().start(Platform.START_LIMIT);
        MailboxWatch watch = new MailboxWatch(platform, account);
        List<Throwable> seen = new CopyOnWriteArrayList<>();
        Thread.Builder threads = Thread.ofVirtual().uncaughtExceptionHandler((thread, failure) -> seen.add(failure));
        List<Thread> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS_OF_EACH; i++) {
            writers.add(threads.start(() -> writeUntilOver(platform.port(Port.IMAP), account)));
            writers.add(threads.start(() -> writeUntilOver(twin.ports().number(Port.IMAP), account)));
        }
        try (watch) {
            Thread watcher = threads.start(() -> lookUntilOver(watch));
            new Chaos(platform).killEachOf(victims(twin.child()));
            over.set(true);
            for (Thread writer : writers) {
                writer.join();
            }
            watcher.join();
            assertEquals(List.of(), seen);
            watch.awaitAnswer();
            watch.look();
            watch.checkLog();
        } finally {
            over.set(true);
        }
        System.out.println(appended.size() + " messages appended, " + flagged.size() + " flagged");
        check(account);
    }

    private static List<Child> victims(Child twin) {
        return List.of(platform.platform().service(ServiceName.IMAP_GATEWAY), twin,
                platform.platform().service(ServiceName.MAILBOX_SERVICE), platform.platform().kafka().child(),
                platform.platform().cassandra().child());
    }

    private void lookUntilOver(MailboxWatch watch) {
        while (!over.get()) {
            watch.look();
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }

    private void writeUntilOver(int port, Account account) {
        while (!over.get() || appended.size() < AT_LEAST) {
            try (ImapClient imap = ImapClient.inbox(port, account)) {
                while (!over.get() || appended.size() < AT_LEAST) {
                    write(imap);
                }
            } catch (IOException broken) {
                // The gateway was killed or cannot serve now: what was not answered OK may be done or not.
                LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            }
        }
    }

    private void write(ImapClient imap) throws IOException {
        int number = numbers.incrementAndGet();
        byte[] message = Messages.plain("sender@example.org", "somebody@example.test", "append " + number);
        String answer = imap.append("INBOX", "", message);
        Matcher told = APPENDED.matcher(answer);
        if (!told.find()) {
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
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

    private void check(Account account) throws IOException {
        assertEquals(Set.of(), givenTwice, "UIDs given twice");
        assertEquals(1, validities.size(), "UIDVALIDITY changed: " + validities);
        try (ImapClient imap = ImapClient.inbox(platform.port(Port.IMAP), account)) {
            for (Map.Entry<Long, byte[]> one : appended.entrySet()) {
                assertArrayEquals(one.getValue(), imap.messageByUid(one.getKey()), "UID " + one.getKey());
            }
            for (Map.Entry<Long, String> one : flagged.entrySet()) {
                String flags = imap.ok("UID FETCH " + one.getKey() + " (FLAGS)").getFirst();
                assertTrue(flags.contains("\\Flagged") && flags.contains(one.getValue()), flags);
            }
            imap.ok("NOOP");
            assertTrue(imap.exists() >= appended.size());
        }
    }
}
