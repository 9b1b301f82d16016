package org.postel.endtoend;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.postel.launcher.platform.Port;

/**
 * Clients that hand in numbered messages without end, over SMTP and by APPEND, at one gateway after the other, and the check of what
 * became of them: each that was answered 250 or OK is in its mailbox exactly once and octet by octet; each other one got a 4xx, a
 * NO [UNAVAILABLE] or a broken connection, and came once or not at all.
 */
final class MailLoad implements AutoCloseable {

    private static final Duration DELIVERED_WITHIN = Duration.ofMinutes(4);
    private static final Duration ACCEPTED_WITHIN = Duration.ofMinutes(2);
    private static final Duration AFTER_A_REFUSAL = Duration.ofMillis(200);
    // A mailbox takes hundreds in a second: what is asked is that the load goes on, not how much of it, and who starts needs the machine.
    private static final Duration BETWEEN_MESSAGES = Duration.ofMillis(100);
    private static final Pattern NUMBER = Pattern.compile("\r\nSubject: chaos (\\d+)\r\n");

    private final RunningPlatform platform;
    private final List<Account> accounts = new ArrayList<>();
    private final Map<Integer, byte[]> sent = new ConcurrentHashMap<>();
    private final Map<Integer, Account> accepted = new ConcurrentHashMap<>();
    private final Set<Integer> appended = ConcurrentHashMap.newKeySet();
    // Each counted by itself: a difference of two numbers that both move is neither.
    private final AtomicInteger sends = new AtomicInteger();
    private final AtomicInteger appends = new AtomicInteger();
    private final ConcurrentLinkedQueue<String> refusals = new ConcurrentLinkedQueue<>();
    private final AtomicInteger notSent = new AtomicInteger();
    private final AtomicInteger notAppended = new AtomicInteger();
    private final AtomicInteger numbers = new AtomicInteger();
    private final List<Thread> clients = new ArrayList<>();
    private final List<AtomicInteger> ofEach = new ArrayList<>();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private volatile boolean over;

    /** To that many new accounts. */
    MailLoad(RunningPlatform platform, int accounts) throws IOException {
        this.platform = platform;
        for (int i = 0; i < accounts; i++) {
            this.accounts.add(platform.account());
        }
    }

    /** Each sends from now on one message after the other over SMTP. */
    void send(int senders) {
        for (int i = 0; i < senders; i++) {
            run(this::sendUntilOver);
        }
    }

    /** Each appends from now on one message after the other to an INBOX. */
    void append(int appenders) {
        for (int i = 0; i < appenders; i++) {
            Account account = accounts.get(i % accounts.size());
            run(done -> appendUntilOver(account, done));
        }
    }

    private void run(Consumer<AtomicInteger> client) {
        AtomicInteger done = new AtomicInteger();
        ofEach.add(done);
        clients.add(Thread.ofVirtual().uncaughtExceptionHandler((thread, failure) -> failures.add(failure)).start(() -> client.accept(done)));
    }

    /** One of those that mail is for. */
    Account account() {
        return accounts.getFirst();
    }

    /** What each client has done until now: messages of its that were answered 250 or OK. */
    List<Integer> ofEach() {
        return ofEach.stream().map(AtomicInteger::get).toList();
    }

    /** Answered 250 until now. */
    int sent() {
        return sends.get();
    }

    /** Answered OK to APPEND until now. */
    int appends() {
        return appends.get();
    }

    /** Refused or cut off over SMTP until now. */
    int notSent() {
        return notSent.get();
    }

    /** Refused or cut off over IMAP until now. */
    int notAppended() {
        return notAppended.get();
    }

    /** What was answered to those that were refused until now. */
    List<String> refusals() {
        return List.copyOf(refusals);
    }

    /** Waits for what the load must reach by itself. */
    void await(String what, BooleanSupplier reached) {
        await(() -> what, reached);
    }

    /** The same with a description of how it stands in the end. */
    void await(Supplier<String> what, BooleanSupplier reached) {
        long end = System.nanoTime() + ACCEPTED_WITHIN.toNanos();
        while (!reached.getAsBoolean()) {
            assertEquals(List.of(), failures);
            assertTrue(System.nanoTime() - end < 0, () -> "not within " + ACCEPTED_WITHIN.toSeconds() + " s: " + what.get() + "; " + this);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    /** Waits until so many more of each kind were accepted: the load goes on. */
    void awaitMore(int more) {
        int sentBefore = sent();
        int appendsBefore = appends();
        await(more + " more of each kind", () -> sent() >= sentBefore + more && appends() >= appendsBefore + more);
    }

    /** The clients finish what they have begun. */
    @Override
    public void close() {
        over = true;
        try {
            for (Thread client : clients) {
                client.join();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the load, waits until all is delivered and the queues are empty, and looks at every message. */
    void check() throws IOException {
        close();
        System.out.println(this);
        assertEquals(List.of(), failures);
        refusals.forEach(answer -> assertTrue(answer.startsWith("4") || answer.startsWith("NO [UNAVAILABLE]"), answer));
        for (Account account : accounts) {
            long wanted = accepted.values().stream().filter(account::equals).count();
            Inbox.await(platform.port(Port.IMAP), account, (int) wanted, DELIVERED_WITHIN);
        }
        // What lies in a queue still could become a second copy.
        QueueLag.awaitEmpty(platform.port(Port.WORKER_HEALTH), DELIVERED_WITHIN);
        for (Account account : accounts) {
            check(account);
        }
    }

    private void sendUntilOver(AtomicInteger done) {
        while (!over) {
            int number = numbers.incrementAndGet();
            Account account = accounts.get(number % accounts.size());
            byte[] message = message(number, account);
            sent.put(number, message);
            try (SmtpClient smtp = SmtpClient.connect(gateway(Port.SMTP, number))) {
                String reply = smtp.send("sender@example.org", account.address(), message);
                if (reply.startsWith("250")) {
                    accepted.put(number, account);
                    sends.incrementAndGet();
                    done.incrementAndGet();
                    LockSupport.parkNanos(BETWEEN_MESSAGES.toNanos());
                } else {
                    refusals.add(reply);
                    waitAfterRefusal(notSent);
                }
            } catch (IOException cutOff) {
                // The gateway was killed or is not back yet: this message may be anywhere or nowhere.
                waitAfterRefusal(notSent);
            }
        }
    }

    private int gateway(Port port, int turn) {
        List<Integer> ports = platform.ports(port);
        return ports.get(turn % ports.size());
    }

    private void appendUntilOver(Account account, AtomicInteger done) {
        for (int turn = accounts.indexOf(account); !over; turn++) {
            try (ImapClient imap = ImapClient.connect(gateway(Port.IMAP, turn))) {
                boolean welcome = answeredOk(imap.tryLogin(account));
                while (!over && welcome) {
                    append(imap, account, done);
                    LockSupport.parkNanos(BETWEEN_MESSAGES.toNanos());
                }
            } catch (IOException cutOff) {
                waitAfterRefusal(notAppended);
            }
        }
    }

    private void append(ImapClient imap, Account account, AtomicInteger done) throws IOException {
        int number = numbers.incrementAndGet();
        byte[] message = message(number, account);
        sent.put(number, message);
        appended.add(number);
        if (answeredOk(imap.append("INBOX", "", message))) {
            accepted.put(number, account);
            appends.incrementAndGet();
            done.incrementAndGet();
        }
    }

    private boolean answeredOk(String answer) {
        if (!answer.startsWith("OK")) {
            refusals.add(answer);
            waitAfterRefusal(notAppended);
        }
        return answer.startsWith("OK");
    }

    private static void waitAfterRefusal(AtomicInteger counter) {
        counter.incrementAndGet();
        LockSupport.parkNanos(AFTER_A_REFUSAL.toNanos());
    }

    /** Small ones, and some beyond the inline limit that go through the claim check. */
    private static byte[] message(int number, Account account) {
        byte[] head = Messages.plain("sender@example.org", account.address(), "chaos " + number);
        byte[] body = number % 10 == 0 ? Messages.ofSize(400 << 10, number) : new byte[0];
        byte[] message = new byte[head.length + body.length];
        System.arraycopy(head, 0, message, 0, head.length);
        System.arraycopy(body, 0, message, head.length, body.length);
        return message;
    }

    private void check(Account account) throws IOException {
        Map<Integer, Integer> copies = new HashMap<>();
        List<byte[]> messages = Inbox.all(platform.port(Port.IMAP), account);
        for (byte[] message : messages) {
            Matcher number = NUMBER.matcher(new String(message, StandardCharsets.ISO_8859_1));
            assertTrue(number.find(), "a message nobody sent");
            int found = Integer.parseInt(number.group(1));
            if (appended.contains(found)) {
                assertArrayEquals(sent.get(found), message);
            } else {
                TraceHeader.assertSame(sent.get(found), message);
            }
            copies.merge(found, 1, Integer::sum);
        }
        copies.forEach((number, count) -> assertEquals(1, count, () -> "copies of message " + number
                + (accepted.containsKey(number) ? ": " : ", which was not accepted: ") + trace(messages, number)));
        accepted.forEach((number, owner) -> assertTrue(!owner.equals(account) || copies.containsKey(number),
                () -> "message " + number + " was accepted and is lost"));
    }

    /** The trace fields of all copies of a message. */
    private static String trace(List<byte[]> messages, int number) {
        return messages.stream().map(message -> new String(message, StandardCharsets.ISO_8859_1))
                .filter(text -> text.contains("\r\nSubject: chaos " + number + "\r\n"))
                .map(text -> text.substring(0, text.indexOf("From:"))).collect(Collectors.joining("\n"));
    }

    @Override
    public String toString() {
        return "of " + sent.size() + " messages " + sent() + " got 250 and " + appends() + " got OK; " + notSent + " and " + notAppended
                + " attempts were refused or cut off";
    }
}
