package org.postel.smtp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.postel.mail.Mailbox;
import org.postel.mail.ReversePath;
import org.postel.smtp.command.AcceptedMessage;
import org.postel.smtp.command.Content;
import org.postel.smtp.session.AcceptedRecipient;
import org.postel.smtp.session.Service;
import org.postel.smtp.syntax.SmtpCommand;
import org.postel.wire.LineClient;
import org.postel.wire.Patience;

/**
 * Whole sessions of random commands, sent at once and cut anywhere, against the real gateway. A model that knows only RFC 5321
 * §4.1.4, RFC 3030 §2 and §3, RFC 3207 §4, RFC 4954 §4, RFC 6409, RFC 6531 §3.4, RFC 8689 §2 and RFC 2033 says what each command must be answered, so
 * one reply too many, one too few or a wrong one is found, as is content that is read as a command; and what was accepted must be what was sent, with
 * its envelope. The sessions are of all ports alike: for other servers and for submission, each behind a proxy too, with TLS from the first octet, and of LMTP.
 *
 * <p>Takes three seconds, or {@code -Dpostel.fuzz.seconds}; {@code -Dpostel.fuzz.seed} plays the one session that failed.
 */
class SessionFuzzTest {

    private static final int LARGEST = 24 * 1024;
    private static final int MOST_RECIPIENTS = 100;
    // Of ours all are ASCII, and each code but those of RFC 5321 itself has a status (RFC 2034 §4).
    private static final Pattern REPLY_LINE = Pattern.compile("([245])\\d\\d[ -](?:\\1\\.\\d+\\.\\d+ )?[ -~]+|(?:250[ -]|220 |354 )[ -~]+|334 [A-Za-z0-9+/]*=*");
    private static final Map<String, String> SETTINGS = Map.ofEntries(Map.entry("max-errors", "1000000"), Map.entry("max-idle-commands", "1000000"),
        Map.entry("max-auth-failures", "1000000"), Map.entry("max-message-size", "24K"), Map.entry("max-header-size", "2K"), Map.entry("inline-limit", "4K"),
        Map.entry("max-recipients", String.valueOf(MOST_RECIPIENTS)), Map.entry("auth-on-loopback-in-clear", "true"), Map.entry("lmtp.port", "0"),
        Map.entry("lmtp.trusted", "127.0.0.1"), Map.entry("proxy.trusted", "127.0.0.1"), Map.entry("proxy.mx-port", "0"), Map.entry("proxy.submission-port", "0"),
        Map.entry("proxy.submissions-port", "0"), Map.entry("handshake-timeout", Patience.LONGEST.toString()),
        Map.entry("content-budget-timeout", Patience.LONGEST.toString()));

    @Test
    void everyCommandGetsItsOneReply() throws Exception {
        try (TestGateway gateway = new TestGateway(SETTINGS); LoggedFaults faults = new LoggedFaults()) {
            Long one = Long.getLong("postel.fuzz.seed");
            long end = System.nanoTime() + Duration.ofSeconds(Long.getLong("postel.fuzz.seconds", 3)).toNanos();
            long first = one == null ? System.nanoTime() : one;
            long seed = first;
            do {
                play(gateway, seed);
                assertEquals(List.of(), faults.all(), "logged by then, -Dpostel.fuzz.seed=" + seed);
                seed++;
            } while (one == null && System.nanoTime() < end);
            System.out.println("Played -Dpostel.fuzz.seed=" + first + " and the next, " + (seed - first) + " in all");
            nothingIsLeftBehind(gateway);
        }
    }

    private static void play(TestGateway gateway, long seed) throws Exception {
        Random random = new Random(seed);
        Entrance entrance = Entrance.values()[random.nextInt(Entrance.values().length)];
        List<String> played = new ArrayList<>();
        try {
            if (entrance.proxied() && random.nextInt(8) == 0) {
                turnAway(gateway, entrance, random, played);
            } else {
                converse(gateway, entrance, random, played);
            }
        } catch (IOException | AssertionError e) {
            throw new AssertionError("-Dpostel.fuzz.seed=" + seed + ", " + entrance + ": " + e.getMessage() + "\n" + String.join("\n", played), e);
        }
    }

    // A header that is none gets no answer; one that was changed may still be one, and what is too much of it a client that does not wait.
    private static void turnAway(TestGateway gateway, Entrance entrance, Random random, List<String> played) throws IOException {
        FuzzedProxy proxy = new FuzzedProxy(random);
        boolean changed = random.nextBoolean();
        String octets = changed ? proxy.changed() : proxy.noHeader();
        played.add(shown(octets));
        try (LineClient client = LineClient.connect(port(gateway, entrance))) {
            if (!changed) {
                client.expectClosedAfter(octets);
            } else if (entrance.tls()) {
                // Behind a right one a handshake is waited for, for as long as one may take.
                client.sendRaw(octets);
            } else {
                client.sendRaw(octets).shutdownOutput();
                String said = new String(client.socket().getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
                assertTrue(said.matches("|(220|554) [^\r\n]*\r\n"), said);
            }
        } catch (SocketException closed) {
            played.add("closed");
        }
    }

    private static void converse(TestGateway gateway, Entrance entrance, Random random, List<String> played) throws Exception {
        FuzzedProxy.Header header = entrance.proxied() ? new FuzzedProxy(random).header() : new FuzzedProxy.Header("", InetAddress.getLoopbackAddress());
        FuzzedClient model = new FuzzedClient(random, LARGEST, MOST_RECIPIENTS, entrance, header.client().isLoopbackAddress());
        int before = gateway.queue.messages().size();
        try (LineClient client = LineClient.connect(port(gateway, entrance))) {
            played.add(shown(header.octets()));
            sendInPieces(client, header.octets(), random);
            if (entrance.tls()) {
                client.startTls(gateway.certificate);
            }
            assertEquals(220, reply(client));
            for (int batch = 1 + random.nextInt(entrance.service() == Service.MX ? 12 : 30); (batch > 0 || model.owesAnswer()) && !model.over(); batch--) {
                exchange(client, gateway, model, random, played);
            }
            if (model.over()) {
                client.expectClosed();
            } else {
                client.send("NOOP in step").expect("250 2.0.0 Done nothing");
            }
        }
        check(gateway, gateway.queue.messages().subList(before, gateway.queue.messages().size()), model.accepted(), header.client());
    }

    private static int port(TestGateway gateway, Entrance entrance) {
        return gateway.ports.bound().get(entrance.ordinal());
    }

    private static void sendInPieces(LineClient client, String octets, Random random) throws IOException {
        for (int at = 0; at < octets.length();) {
            int piece = Math.min(octets.length() - at, random.nextInt(4) == 0 ? 1 + random.nextInt(8) : 1 + random.nextInt(20_000));
            client.sendRaw(octets.substring(at, at + piece));
            at += piece;
        }
    }

    // What a client may send without waiting, and then all the replies.
    private static void exchange(LineClient client, TestGateway gateway, FuzzedClient model, Random random, List<String> played) throws IOException {
        List<FuzzedClient.Turn> turns = model.batch();
        StringBuilder octets = new StringBuilder();
        turns.forEach(turn -> octets.append(turn.octets()));
        sendInPieces(client, octets.toString(), random);
        for (FuzzedClient.Turn turn : turns) {
            played.add(shown(turn.octets()) + " -> " + turn.reply());
            for (int replies = turn.replies(); replies > 0; replies--) {
                assertEquals(turn.reply(), reply(client));
            }
            if (turn.startsTls()) {
                client.startTls(gateway.certificate);
            }
        }
    }

    // RFC 5321 §4.2 and §4.5.3.1.5: Reply-line = *( Reply-code "-" textstring CRLF ) Reply-code SP textstring CRLF
    private static int reply(LineClient client) throws IOException {
        String line = client.readLine();
        String code = line.substring(0, 3);
        while (line.charAt(3) == '-') {
            legal(line);
            line = client.readLine();
            assertTrue(line.startsWith(code), "one reply, two codes: " + line);
        }
        legal(line);
        return Integer.parseInt(code);
    }

    private static void legal(String line) {
        assertTrue(REPLY_LINE.matcher(line).matches() && line.length() <= 510, line);
    }

    private static void check(TestGateway gateway, List<AcceptedMessage> queued, List<FuzzedClient.Accepted> accepted, InetAddress client) {
        assertEquals(accepted.size(), queued.size(), "messages in the queue");
        for (int i = 0; i < accepted.size(); i++) {
            AcceptedMessage message = queued.get(i);
            byte[] octets = switch (message.content()) {
                case Content.Inline(byte[] inline) -> inline;
                case Content.Claimed claimed -> gateway.store.finished().get(message.id());
            };
            String text = new String(octets, StandardCharsets.ISO_8859_1);
            SmtpCommand.Mail mail = message.envelope().mail();
            String sender = mail.from() instanceof ReversePath.Sender(Mailbox mailbox) ? mailbox.toString() : "";
            Set<String> recipients = message.envelope().to().stream().map(AcceptedRecipient::address).collect(Collectors.toSet());
            assertEquals(accepted.get(i), new FuzzedClient.Accepted(text.substring(text.indexOf("+0000\r\n") + "+0000\r\n".length()), sender, mail.smtputf8(),
                mail.requireTls(), recipients), "message " + i);
            assertEquals(client, message.peer().address());
        }
    }

    private static void nothingIsLeftBehind(TestGateway gateway) throws InterruptedException {
        long end = System.nanoTime() + Patience.LONGEST.toNanos();
        while (gateway.budget.available() < TestGateway.BUDGET && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        assertEquals(TestGateway.BUDGET, gateway.budget.available());
        assertEquals(0, gateway.store.open());
    }

    private static String shown(String octets) {
        String start = octets.substring(0, Math.min(octets.length(), 120));
        return start.replace("\r", "\\r").replace("\n", "\\n").replace("\0", "\\0") + (octets.length() > 120 ? "... " + octets.length() : "");
    }
}
