package org.postel.mailbox.scram;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.postel.mailbox.scram.ScramExchange.Challenge;
import org.postel.mailbox.scram.ScramExchange.First;
import org.postel.mailbox.scram.ScramExchange.Opened;

/**
 * Messages of SCRAM (RFC 5802 §7) with octets changed, left out or put in, as somebody in between would: never an exception, and never a
 * proof, since a client proves each octet that it sent and was sent. A round that fails names its seed.
 */
class ScramFuzzTest {

    private static final int ROUNDS = 40;
    private static final int CHANGES_IN_A_ROUND = 250;
    private static final byte[] BOUND = "what this connection alone has".getBytes(StandardCharsets.UTF_8);
    private static final String STRUCTURE = ",=rnpcsiamvyx!+/0A \0\u00ff";

    private final ScramKeys keys = ScramKeys.of("pencil", 4_096).orElseThrow();
    private final ScramExchange exchange =
            new ScramExchange(() -> new SecretKeySpec("the same on all pods".getBytes(StandardCharsets.UTF_8), "HmacSHA256"), 4_096, Clock.systemUTC());

    @Test
    void whatWasChangedOnItsWayProvesNothing() {
        long seed = System.nanoTime();
        for (int round = 0; round < ROUNDS; round++, seed++) {
            play(seed);
        }
    }

    private void play(long seed) {
        Random random = new Random(seed);
        boolean plus = random.nextBoolean();
        Map<String, byte[]> bindings = plus ? Map.of("tls-exporter", BOUND) : Map.of();
        ScramClient client = new ScramClient((plus ? "p=tls-exporter," : "n,") + (random.nextBoolean() ? "a=other=2Cname" : "") + ",",
                plus ? BOUND : new byte[0], "us=3Der@example.test", "pencil");
        Opened opened = exchange.open(new First("smtp", plus, bindings, client.first())).orElseThrow();
        Challenge challenge = exchange.challenge(opened, keys);
        byte[] last = client.last(challenge.message());
        assertTrue(exchange.proved(opened, last, keys).isPresent(), "seed " + seed);
        for (int change = 0; change < CHANGES_IN_A_ROUND; change++) {
            byte[] changedLast = changed(last, random);
            assertTrue(Arrays.equals(last, changedLast) || exchange.proved(opened, changedLast, keys).isEmpty(), () -> "seed " + seed + ": " + text(changedLast));
            byte[] changedFirst = changed(client.first(), random);
            Optional<byte[]> proof = exchange.open(new First("smtp", plus, bindings, changedFirst)).flatMap(other -> exchange.proved(other, last, keys));
            assertTrue(proof.isEmpty(), () -> "seed " + seed + ": " + text(changedFirst));
        }
    }

    private static byte[] changed(byte[] message, Random random) {
        StringBuilder changed = new StringBuilder(text(message));
        for (int changes = 1 + random.nextInt(3); changes > 0 && !changed.isEmpty(); changes--) {
            int at = random.nextInt(changed.length());
            char octet = STRUCTURE.charAt(random.nextInt(STRUCTURE.length()));
            switch (random.nextInt(4)) {
                case 0 -> changed.insert(at, octet);
                case 1 -> changed.setCharAt(at, octet);
                case 2 -> changed.deleteCharAt(at);
                default -> changed.setCharAt(at, (char) (changed.charAt(at) ^ 1 << random.nextInt(8)));
            }
        }
        return changed.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String text(byte[] message) {
        return new String(message, StandardCharsets.ISO_8859_1);
    }
}
