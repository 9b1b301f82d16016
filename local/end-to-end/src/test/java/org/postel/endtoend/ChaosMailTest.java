package org.postel.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postel.launcher.platform.Port;

/**
 * Nothing is lost: while every process is killed in turn, each message that got 250 comes to its mailbox exactly once and
 * octet by octet; each other one got a 4xx or a broken connection, and came once or not at all.
 */
@Timeout(600)
class ChaosMailTest {

    private static final int SENDERS = 6;
    private static final int ACCOUNTS = 6;
    private static final int AT_LEAST = 300;
    private static final Duration DELIVERED_WITHIN = Duration.ofMinutes(4);
    private static final Pattern NUMBER = Pattern.compile("\r\nSubject: chaos (\\d+)\r\n");

    private static RunningPlatform platform;

    private final Map<Integer, byte[]> sent = new ConcurrentHashMap<>();
    private final Map<Integer, Account> accepted = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> otherAnswers = new ConcurrentLinkedQueue<>();
    private final AtomicInteger numbers = new AtomicInteger();
    private final AtomicBoolean over = new AtomicBoolean();

    @BeforeAll
    static void start() {
        Map<String, String> settings = RunningPlatform.impatient();
        settings.put("postel.smtp.queue-timeout", "10s");
        settings.put("postel.delivery.queue-metrics-interval", "1s");
        platform = RunningPlatform.start(settings);
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @Test
    void whatGot250IsThereOnceWhoeverDies() throws IOException, InterruptedException {
        List<Account> accounts = new ArrayList<>();
        for (int i = 0; i < ACCOUNTS; i++) {
            accounts.add(platform.account());
        }
        List<Thread> senders = new ArrayList<>();
        for (int i = 0; i < SENDERS; i++) {
            senders.add(Thread.ofVirtual().start(() -> sendUntilOver(accounts)));
        }
        try {
            new Chaos(platform).killEachOf(platform.platform().children());
        } finally {
            over.set(true);
        }
        for (Thread sender : senders) {
            sender.join();
        }
        System.out.println(accepted.size() + " of " + numbers.get() + " messages got 250");
        otherAnswers.forEach(answer -> assertTrue(answer.startsWith("4"), answer));
        awaitDelivery(accounts);
        for (Account account : accounts) {
            check(account);
        }
    }

    private void sendUntilOver(List<Account> accounts) {
        while (!over.get() || accepted.size() < AT_LEAST) {
            int number = numbers.incrementAndGet();
            Account account = accounts.get(number % accounts.size());
            byte[] message = message(number, account);
            sent.put(number, message);
            try (SmtpClient smtp = SmtpClient.connect(platform.port(Port.SMTP))) {
                String reply = smtp.send("sender@example.org", account.address(), message);
                if (reply.startsWith("250")) {
                    accepted.put(number, account);
                } else {
                    otherAnswers.add(reply);
                }
            } catch (IOException broken) {
                // The gateway was killed or is not back yet: this message may be anywhere or nowhere.
                LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
            }
        }
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

    private void awaitDelivery(List<Account> accounts) throws IOException {
        for (Account account : accounts) {
            long wanted = accepted.values().stream().filter(account::equals).count();
            Inbox.await(platform.port(Port.IMAP), account, (int) wanted, DELIVERED_WITHIN);
        }
        // What lies in a queue still could become a second copy.
        QueueLag.awaitEmpty(platform.port(Port.WORKER_HEALTH), DELIVERED_WITHIN);
    }

    /** The trace fields of all copies of a message. */
    private static String trace(List<byte[]> messages, int number) {
        return messages.stream().map(message -> new String(message, StandardCharsets.ISO_8859_1))
                .filter(text -> text.contains("\r\nSubject: chaos " + number + "\r\n"))
                .map(text -> text.substring(0, text.indexOf("From:"))).collect(Collectors.joining("\n"));
    }

    private void check(Account account) throws IOException {
        Map<Integer, Integer> copies = new HashMap<>();
        List<byte[]> messages = Inbox.all(platform.port(Port.IMAP), account);
        for (byte[] message : messages) {
            String text = new String(message, StandardCharsets.ISO_8859_1);
            Matcher number = NUMBER.matcher(text);
            assertTrue(number.find(), "a message nobody sent");
            int found = Integer.parseInt(number.group(1));
            TraceHeader.assertSame(sent.get(found), message);
            copies.merge(found, 1, Integer::sum);
        }
        copies.forEach((number, count) -> assertEquals(1, count, () -> "copies of message " + number
                + (accepted.containsKey(number) ? ": " : ", which did not get 250: ") + trace(messages, number)));
        accepted.forEach((number, owner) -> assertTrue(!owner.equals(account) || copies.containsKey(number),
                "message " + number + " got 250 and is lost"));
    }
}
