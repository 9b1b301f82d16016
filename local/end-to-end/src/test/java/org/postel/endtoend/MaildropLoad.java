package org.postel.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.postel.launcher.platform.Port;

/**
 * Clients that send themselves a numbered message over SMTP and take it away over POP3, each with a maildrop of its own, at one
 * gateway after the other, and the check of what became of these: each that got 250 comes once, octet by octet, and what was
 * deleted with a QUIT that was answered +OK (RFC 1939 §6) never comes again. What is refused is refused for now.
 */
final class MaildropLoad implements AutoCloseable {

    private static final Duration TAKEN_WITHIN = Duration.ofSeconds(60);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
    private static final Pattern NUMBER = Pattern.compile("\r\nSubject: maildrop (\\d+)\r\n");

    private final RunningPlatform platform;
    private final List<Maildrop> maildrops = new ArrayList<>();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final ConcurrentLinkedQueue<String> refusals = new ConcurrentLinkedQueue<>();
    private volatile boolean over;

    /** So many, which work from now on. */
    MaildropLoad(RunningPlatform platform, int clients) throws IOException {
        this.platform = platform;
        for (int i = 0; i < clients; i++) {
            Maildrop maildrop = new Maildrop(platform.account());
            maildrops.add(maildrop);
            maildrop.thread = Thread.ofVirtual().uncaughtExceptionHandler((thread, failure) -> failures.add(failure))
                    .start(maildrop::useUntilOver);
        }
    }

    /** What was answered to those that were refused until now. */
    List<String> refusals() {
        return List.copyOf(refusals);
    }

    /** How many messages each has taken away until now. */
    List<Integer> taken() {
        return maildrops.stream().map(maildrop -> maildrop.deleted).toList();
    }

    /** They finish what they have begun. */
    @Override
    public void close() {
        over = true;
        try {
            for (Maildrop maildrop : maildrops) {
                maildrop.thread.join();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the load, takes away what is left and looks at all that came. */
    void check() throws IOException {
        close();
        assertEquals(List.of(), failures);
        refusals.forEach(answer -> assertTrue(Stream.of("4", "-ERR [SYS/TEMP]", "-ERR [IN-USE]").anyMatch(answer::startsWith), answer));
        for (Maildrop maildrop : maildrops) {
            maildrop.check();
        }
        System.out.println("taken away over POP3: " + taken() + "; refused: " + refusals);
    }

    /** One client. All but the number of what is deleted is its own thread's, and the checker's after that has ended. */
    private final class Maildrop {

        private final Account account;
        private final Map<Integer, byte[]> sent = new HashMap<>();
        private final Set<Integer> accepted = new HashSet<>();
        // By unique-id (RFC 1939 §7), since a session that is cut off leaves its messages for the next one.
        private final Map<String, Integer> seen = new HashMap<>();
        private final Set<String> gone = new HashSet<>();
        private volatile int deleted;
        private int smtpTurn;
        private int pop3Turn;
        private Thread thread;

        Maildrop(Account account) {
            this.account = account;
        }

        private int gateway(Port port, int turn) {
            List<Integer> ports = platform.ports(port);
            return ports.get(turn % ports.size());
        }

        private void useUntilOver() {
            while (!over) {
                try {
                    send();
                    while (!over && !seen.values().containsAll(accepted)) {
                        take();
                        LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
                    }
                } catch (IOException cutOff) {
                    LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
                }
            }
        }

        private void send() throws IOException {
            int number = sent.size();
            byte[] message = Messages.plain("sender@example.org", account.address(), "maildrop " + number);
            sent.put(number, message);
            try (SmtpClient smtp = SmtpClient.connect(gateway(Port.SMTP, smtpTurn++))) {
                String reply = smtp.send("sender@example.org", account.address(), message);
                if (reply.startsWith("250")) {
                    accepted.add(number);
                } else {
                    refusals.add(reply);
                }
            }
        }

        private void take() throws IOException {
            try (Pop3Client pop3 = Pop3Client.connect(gateway(Port.POP3, pop3Turn++))) {
                String answer = pop3.login(account);
                if (!answer.startsWith("+OK")) {
                    refusals.add(answer);
                    return;
                }
                Set<String> ids = new HashSet<>();
                int count = Integer.parseInt(pop3.ok("STAT").split(" ")[1]);
                for (int i = 1; i <= count; i++) {
                    ids.add(take(pop3, i));
                }
                pop3.ok("QUIT");
                gone.addAll(ids);
                deleted = gone.size();
            }
        }

        private String take(Pop3Client pop3, int message) throws IOException {
            String id = pop3.ok("UIDL " + message).split(" ")[2];
            assertTrue(!gone.contains(id), () -> "what was deleted came again: " + id);
            byte[] octets = pop3.message(message);
            Matcher number = NUMBER.matcher(new String(octets, StandardCharsets.ISO_8859_1));
            assertTrue(number.find(), "a message nobody sent");
            TraceHeader.assertSame(sent.get(Integer.parseInt(number.group(1))), octets);
            seen.put(id, Integer.parseInt(number.group(1)));
            pop3.ok("DELE " + message);
            return id;
        }

        private void check() throws IOException {
            long end = System.nanoTime() + TAKEN_WITHIN.toNanos();
            take();
            while (!seen.values().containsAll(accepted)) {
                assertTrue(System.nanoTime() - end < 0, () -> "accepted and lost: " + accepted + " but only " + seen.values());
                LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
                take();
            }
            assertEquals(seen.size(), new HashSet<>(seen.values()).size(), () -> "some came twice: " + seen);
        }
    }
}
