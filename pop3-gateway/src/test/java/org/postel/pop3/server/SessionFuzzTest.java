package org.postel.pop3.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postel.wire.LineClient;
import org.postel.wire.Patience;
import org.postel.wire.TestCertificate;

/**
 * Whole sessions of random commands against the real gateway, in every state: what is well-formed gets its one reply, with lines
 * after it where RFC 1939 has them; what is damaged ends in a reply, and the next command is read where it begins; nothing is ever
 * an internal error, and no maildrop stays locked.
 *
 * <p>Takes three seconds, or {@code -Dpostel.fuzz.seconds}; {@code -Dpostel.fuzz.seed} plays the one session that failed.
 */
class SessionFuzzTest {

    private static final Map<String, String> LIMITS = Map.of("postel.pop3.auth-on-loopback-in-clear", "true", "postel.pop3.max-errors", "1000000",
            "postel.pop3.max-auth-failures", "1000000", "postel.pop3.commands-per-second", "1000000", "postel.pop3.command-burst", "1000000",
            "postel.pop3.handshake-timeout", Patience.LONGEST.toString());
    private static final List<String> COMMANDS = List.of("USER alice", "USER nobody", "PASS secret", "PASS wr ong", "AUTH PLAIN AGFsaWNlAHNlY3JldA==",
            "AUTH", "AUTH NONSENSE", "APOP alice 00", "CAPA", "STAT", "LIST", "LIST 1", "LIST 99", "UIDL", "UIDL 2", "RETR 1", "RETR 3", "RETR 0",
            "TOP 1 0", "TOP 2 1", "TOP 1 999999999999", "DELE 1", "DELE 3", "NOOP", "RSET", "LANG", "LANG en", "LANG *", "LANG xx", "UTF8");
    private static final Pattern HAS_LINES = Pattern.compile("CAPA|LIST|UIDL|LANG|AUTH|(RETR|TOP) .*");
    private static final String SPECIAL = " \t\r\n\0.*=+-:/9";
    /** Nothing else is answered so. */
    private static final String PROBE = "LANG en";
    private static final String PROBE_REPLY = "+OK en texts are in English";
    private static final Pattern ANSWERED_LIKE_THE_PROBE = Pattern.compile("(?i)LANG +(en|\\*)");

    @TempDir
    static Path folder;

    private final List<String> played = new ArrayList<>();

    @Test
    void everySessionStaysInStep() throws Exception {
        Long one = Long.getLong("postel.fuzz.seed");
        long end = System.nanoTime() + Duration.ofSeconds(Long.getLong("postel.fuzz.seconds", 3)).toNanos();
        long first = one == null ? System.nanoTime() : one;
        long seed = first;
        try (Pop3Stage stage = new Pop3Stage(TestCertificate.in(folder), LIMITS)) {
            stage.given("alice has a message Subject: hi\\r\\n\\r\\n.text\\r\\n");
            stage.given("alice has a message Subject: gr\u00fc\u00dfe\\r\\nTo: \"\u00fc\" <\u00fc@x.test>\\r\\n\\r\\n..\\r\\n.\\r\\nend");
            stage.given("alice has a message no header");
            do {
                play(stage, seed);
                seed++;
            } while (one == null && System.nanoTime() < end);
            System.out.println("Played -Dpostel.fuzz.seed=" + first + " and the next, " + (seed - first) + " in all");
            long patience = System.nanoTime() + Patience.LONGEST.toNanos();
            while (stage.accounts.drop("alice").locked() && System.nanoTime() < patience) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
            assertEquals(false, stage.accounts.drop("alice").locked());
            assertEquals(3, stage.accounts.drop("alice").count(), "nobody said QUIT");
        }
    }

    private void play(Pop3Stage stage, long seed) throws Exception {
        Random random = new Random(seed);
        played.clear();
        try (LineClient client = LineClient.connect(stage.port())) {
            client.expect("+OK");
            if (random.nextBoolean()) {
                logIn(client);
            }
            boolean open = true;
            for (int count = random.nextInt(30); open && count > 0; count--) {
                String command = COMMANDS.get(random.nextInt(COMMANDS.size()));
                String damaged = damaged(random, command);
                if (random.nextBoolean() || ANSWERED_LIKE_THE_PROBE.matcher(damaged).find()) {
                    wellFormed(client, command);
                } else {
                    open = damaged(client, damaged);
                }
            }
        } catch (IOException | AssertionError e) {
            throw new AssertionError("-Dpostel.fuzz.seed=" + seed + ": " + e.getMessage() + "\n" + String.join("\n", played), e);
        }
    }

    /** The last session may still have the maildrop. */
    private void logIn(LineClient client) throws IOException {
        long patience = System.nanoTime() + Patience.LONGEST.toNanos();
        String reply = "";
        while (!reply.startsWith("+OK") && System.nanoTime() < patience) {
            wellFormed(client, "USER alice");
            reply = wellFormed(client, "PASS secret");
        }
        assertTrue(reply.startsWith("+OK"), reply);
    }

    private String wellFormed(LineClient client, String command) throws IOException {
        played.add(command);
        client.send(command);
        String reply = next(client);
        assertTrue(reply.startsWith("+OK") || reply.startsWith("-ERR"), reply);
        if (reply.startsWith("+OK") && HAS_LINES.matcher(command).matches() && !command.startsWith("AUTH ") && !command.startsWith("LANG ")) {
            client.readToDot();
        }
        return reply;
    }

    private boolean damaged(LineClient client, String command) throws IOException {
        played.add(command.replace("\r", "\\r").replace("\n", "\\n"));
        try {
            client.send(command);
            client.send(PROBE);
            String line = next(client);
            while (!line.equals(PROBE_REPLY)) {
                if (line.equals("+") || line.startsWith("+ ")) {
                    // The probe became an answer within AUTH.
                    client.send(PROBE);
                }
                line = next(client);
            }
            return true;
        } catch (IOException hungUp) {
            // Only what looks like HTTP is hung up on (SAFETY row 7), and QUIT.
            assertTrue(command.matches("(?s).*(HTTP/\\d|[Hh][Oo][Ss][Tt]:|PRI \\*|[Qq][Uu][Ii][Tt]|(?i:GET|HEAD|POST|PUT|DELETE|OPTIONS|PATCH|CONNECT|TRACE) ).*"),
                    "hung up: " + hungUp.getMessage());
            return false;
        }
    }

    private static String next(LineClient client) throws IOException {
        String line = client.readLine();
        assertTrue(!line.contains("internal error"), line);
        return line;
    }

    private static String damaged(Random random, String command) {
        StringBuilder damaged = new StringBuilder();
        int rate = 4 + random.nextInt(20);
        for (char octet : (random.nextInt(8) == 0 ? noise(random) : command).toCharArray()) {
            switch (random.nextInt(rate)) {
                case 0 -> damaged.append((char) random.nextInt(256));
                case 1 -> damaged.append(SPECIAL.charAt(random.nextInt(SPECIAL.length())));
                case 2 -> { }
                case 3 -> damaged.append(octet).append(octet);
                default -> damaged.append(octet);
            }
        }
        return damaged.toString();
    }

    private static String noise(Random random) {
        byte[] octets = new byte[random.nextInt(100)];
        random.nextBytes(octets);
        return List.of("AUTH PLAIN ", "TOP ", "USER ", "", "LANG ").get(random.nextInt(5))
                + new String(octets, StandardCharsets.ISO_8859_1).repeat(random.nextInt(6) == 0 ? 200 : 1);
    }
}
