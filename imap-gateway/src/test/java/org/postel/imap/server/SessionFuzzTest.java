package org.postel.imap.server;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.postel.imap.syntax.LiteralHeader;
import org.postel.wire.LineClient;
import org.postel.wire.Patience;

/**
 * Whole sessions of random commands against the real gateway, in every state, compressed or not: what is well-formed is answered
 * once, with its tag, and never as malformed; what is damaged ends in an answer or in BYE, with the place in the stream kept; and
 * nothing is ever an internal error.
 *
 * <p>Takes three seconds, or {@code -Dpostel.fuzz.seconds}; {@code -Dpostel.fuzz.seed} plays the one session that failed.
 */
class SessionFuzzTest {

    private static final Map<String, String> LIMITS = Map.of("postel.imap.max-errors", "1000000", "postel.imap.max-auth-failures", "1000000",
            "postel.imap.auth-delay", "0s", "postel.imap.max-line", "4K", "postel.imap.max-literal", "2K", "postel.imap.max-command", "8K",
            "postel.imap.max-message-size", "8K", "postel.imap.max-discard", "16K", "postel.imap.whole-message-size", "100",
            "postel.imap.login-timeout", Patience.LONGEST.multipliedBy(4).toString());
    /** What a well-formed command can do wrong: come at the wrong time, or name what is not there. */
    private static final Pattern WELL_FORMED_BAD = Pattern.compile(
            "Log in first|Already logged in|Select a mailbox first|No such message number|UNAUTHENTICATE is not offered here|No search with such a tag.*");

    private static final Pattern ANSWER_TO_NOTHING = Pattern.compile("\\S+ BAD .*");

    private final List<String> played = new ArrayList<>();
    private int number;
    /** Octets of a literal that may still be asked for: what announced it came after a line that was refused. */
    private int announced;

    @Test
    void everySessionStaysInStep() throws Exception {
        Long one = Long.getLong("postel.fuzz.seed");
        long end = System.nanoTime() + Duration.ofSeconds(Long.getLong("postel.fuzz.seconds", 3)).toNanos();
        long first = one == null ? System.nanoTime() : one;
        long seed = first;
        do {
            play(seed);
            seed++;
        } while (one == null && System.nanoTime() < end);
        System.out.println("Played -Dpostel.fuzz.seed=" + first + " and the next, " + (seed - first) + " in all");
    }

    private void play(long seed) throws Exception {
        Random random = new Random(seed);
        FuzzedCommands commands = new FuzzedCommands(random);
        played.clear();
        number = 0;
        try (TestGateway gateway = new TestGateway(LIMITS, Optional.empty())) {
            for (int session = 0; session < 20; session++) {
                play(gateway, random, commands);
            }
        } catch (IOException | AssertionError e) {
            throw new AssertionError("-Dpostel.fuzz.seed=" + seed + ": " + e.getMessage() + "\n" + String.join("\n", played), e);
        }
    }

    private void play(TestGateway gateway, Random random, FuzzedCommands commands) throws IOException {
        gateway.mail.deliver("Subject: hi\r\nFrom: bob@example.org\r\n\r\nText\r\n".getBytes(StandardCharsets.US_ASCII));
        played.add("-- connect");
        try (LineClient client = gateway.connect()) {
            boolean open = reach(client, random.nextInt(6));
            for (int count = random.nextInt(25); open && count > 0; count--) {
                open = random.nextBoolean() ? wellFormed(client, commands.wellFormed()) : damaged(client, commands.damaged());
            }
            if (open) {
                open = wellFormed(client, random.nextBoolean() ? "LOGOUT" : "NOOP");
            }
        }
    }

    /** Brings a session into one of the states. */
    private boolean reach(LineClient client, int state) throws IOException {
        boolean open = state == 0 || wellFormed(client, "LOGIN alice@example.test secret");
        if (state > 3) {
            open = open && wellFormed(client, "COMPRESS DEFLATE");
            client.startCompression();
        }
        return switch (state) {
            case 2, 5 -> open && wellFormed(client, "SELECT INBOX");
            case 3 -> open && wellFormed(client, "EXAMINE INBOX");
            default -> open;
        };
    }

    /** Sends a command and reads to its reply; whether the session goes on. */
    private boolean wellFormed(LineClient client, String command) throws IOException {
        String tag = "w" + ++number;
        Optional<String> early = send(client, tag + " " + command);
        String reply = early.isPresent() && early.get().startsWith(tag + " ") ? early.get() : read(client, tag);
        if (reply.startsWith("* BYE")) {
            assertTrue(command.equals("LOGOUT") || reply.contains("mailbox was deleted"), reply);
            return false;
        }
        assertTrue(!reply.startsWith(tag + " BAD") || WELL_FORMED_BAD.matcher(reply.substring(tag.length() + 5)).matches(), reply);
        return true;
    }

    /** Sends what may be anything, then what must be answered. */
    private boolean damaged(LineClient client, String command) throws IOException {
        try {
            send(client, "d" + ++number + " " + command);
            String tag = "p" + number;
            client.send(tag + " NOOP");
            return !read(client, tag).startsWith("* BYE");
        } catch (java.net.SocketException hungUp) {
            return false;
        }
    }

    /**
     * Sends line by line, and each literal that a line announces when it is asked for.
     *
     * @return the last line read, where one was waited for
     */
    private Optional<String> send(LineClient client, String command) throws IOException {
        played.add(command.replace("\r", "\\r").replace("\n", "\\n"));
        String rest = command;
        Optional<String> got = Optional.empty();
        announced = 0;
        while (true) {
            int end = rest.indexOf("\r\n");
            String line = end < 0 ? rest : rest.substring(0, end);
            rest = end < 0 ? "" : rest.substring(end + 2);
            client.send(line);
            // A bare LF ends a line too, in an error: the literal is announced by what is behind it.
            Optional<LiteralHeader> header = LiteralHeader.atEndOf(line.substring(line.lastIndexOf('\n') + 1).getBytes(StandardCharsets.ISO_8859_1));
            if (header.isEmpty()) {
                if (rest.isEmpty()) {
                    return got;
                }
                continue;
            }
            int size = (int) Math.min(header.get().size(), 100_000);
            if (header.get().synchronising()) {
                got = Optional.of(asked(client));
                if (!got.get().startsWith("+")) {
                    announced = size;
                    return got;
                }
            }
            String literal = rest.length() >= size ? rest.substring(0, size) : rest + "x".repeat(size - rest.length());
            rest = rest.length() >= size ? rest.substring(size) : "";
            client.sendRaw(literal);
        }
    }

    /** A request to go on, or a reply to the command. */
    private String asked(LineClient client) throws IOException {
        String line = next(client);
        while (line.startsWith("* ") && !line.startsWith("* BYE") && !line.startsWith("* BAD")) {
            line = next(client);
        }
        return line;
    }

    /** Reads to the reply with this tag, or to BYE. */
    private String read(LineClient client, String tag) throws IOException {
        while (true) {
            String line = next(client);
            if (line.startsWith(tag + " ") || line.startsWith("* BYE")) {
                return line;
            }
            // Else something of a well-formed command was taken for another.
            assertTrue(tag.startsWith("p") || !ANSWER_TO_NOTHING.matcher(line).matches(), line);
            if (line.startsWith("+ ") && tag.startsWith("p")) {
                // What was sent to be answered went into IDLE, AUTHENTICATE or a literal.
                client.send("x".repeat(announced)).send(tag + " NOOP");
            }
        }
    }

    private String next(LineClient client) throws IOException {
        String line = client.readLine();
        assertTrue(!line.contains("Internal error") && !line.contains("SERVERBUG"), line);
        return line;
    }
}
