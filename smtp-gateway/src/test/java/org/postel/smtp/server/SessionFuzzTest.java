package org.postel.smtp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.postel.smtp.command.AcceptedMessage;
import org.postel.smtp.command.Content;
import org.postel.smtp.session.Service;
import org.postel.wire.LineClient;

/**
 * Whole sessions of random commands, sent at once and cut anywhere, against the real gateway. A model that knows only RFC 5321
 * §4.1.4, RFC 3030 §2, RFC 3207 §4, RFC 4954 §4, RFC 6409 and RFC 2033 says what each command must be answered, so one reply too many, one
 * too few or a wrong one is found, as is content that is read as a command; and what was accepted must be what was sent. A third of the
 * sessions each are of the port for other servers, of that for submission, and of LMTP.
 *
 * <p>Takes three seconds, or {@code -Dpostel.fuzz.seconds}; {@code -Dpostel.fuzz.seed} plays the one session that failed.
 */
class SessionFuzzTest {

    private static final int LARGEST = 24 * 1024;
    private static final Duration LONGEST_DRAIN = Duration.ofSeconds(5);

    @Test
    void everyCommandGetsItsOneReply() throws Exception {
        try (TestGateway gateway = new TestGateway(Map.of("max-errors", "1000000", "max-idle-commands", "1000000", "max-auth-failures", "1000000",
            "max-message-size", "24K", "max-header-size", "2K", "inline-limit", "4K", "max-recipients", "100", "auth-on-loopback-in-clear", "true", "lmtp.port", "0", "lmtp.trusted", "127.0.0.1"))) {
            Long one = Long.getLong("postel.fuzz.seed");
            long end = System.nanoTime() + Duration.ofSeconds(Long.getLong("postel.fuzz.seconds", 3)).toNanos();
            long seed = one == null ? System.nanoTime() : one;
            do {
                play(gateway, seed);
                seed++;
            } while (one == null && System.nanoTime() < end);
            nothingIsLeftBehind(gateway);
        }
    }

    private static void play(TestGateway gateway, long seed) throws Exception {
        Random random = new Random(seed);
        Service service = Service.values()[random.nextInt(Service.values().length)];
        FuzzedClient model = new FuzzedClient(random, LARGEST, service);
        int before = gateway.queue.messages().size();
        List<String> played = new ArrayList<>();
        try (LineClient client = client(gateway, service)) {
            for (int batch = 1 + random.nextInt(service == Service.MX ? 12 : 30); (batch > 0 || model.owesAnswer()) && !model.over(); batch--) {
                exchange(client, gateway, model, random, played);
            }
            if (model.over()) {
                client.expectClosed();
            } else {
                client.send("NOOP in step").expect("250 2.0.0 Done nothing");
            }
            check(gateway, gateway.queue.messages().subList(before, gateway.queue.messages().size()), model.accepted());
        } catch (IOException | AssertionError e) {
            throw new AssertionError("-Dpostel.fuzz.seed=" + seed + ", " + service + ": " + e.getMessage() + "\n" + String.join("\n", played), e);
        }
    }

    private static LineClient client(TestGateway gateway, Service service) throws IOException {
        return switch (service) {
            case MX -> gateway.mx();
            case SUBMISSION -> gateway.submission();
            case LMTP -> gateway.lmtp();
        };
    }

    // What a client may send without waiting, and then all the replies.
    private static void exchange(LineClient client, TestGateway gateway, FuzzedClient model, Random random, List<String> played) throws IOException {
        List<FuzzedClient.Turn> turns = model.batch();
        StringBuilder octets = new StringBuilder();
        turns.forEach(turn -> octets.append(turn.octets()));
        for (int at = 0; at < octets.length();) {
            int piece = Math.min(octets.length() - at, random.nextInt(4) == 0 ? 1 + random.nextInt(8) : 1 + random.nextInt(20_000));
            client.sendRaw(octets.substring(at, at + piece));
            at += piece;
        }
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

    private static int reply(LineClient client) throws IOException {
        String line = client.readLine();
        String code = line.substring(0, 3);
        while (line.charAt(3) == '-') {
            line = client.readLine();
            assertTrue(line.startsWith(code), "one reply, two codes: " + line);
        }
        return Integer.parseInt(code);
    }

    private static void check(TestGateway gateway, List<AcceptedMessage> queued, List<String> accepted) {
        assertEquals(accepted.size(), queued.size(), "messages in the queue");
        for (int i = 0; i < accepted.size(); i++) {
            byte[] octets = switch (queued.get(i).content()) {
                case Content.Inline(byte[] inline) -> inline;
                case Content.Claimed claimed -> gateway.store.finished().get(queued.get(i).id());
            };
            String text = new String(octets, StandardCharsets.ISO_8859_1);
            assertEquals(accepted.get(i), text.substring(text.indexOf("+0000\r\n") + "+0000\r\n".length()), "message " + i);
        }
    }

    private static void nothingIsLeftBehind(TestGateway gateway) throws InterruptedException {
        long end = System.nanoTime() + LONGEST_DRAIN.toNanos();
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
