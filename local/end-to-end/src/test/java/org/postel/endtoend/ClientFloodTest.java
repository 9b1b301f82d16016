package org.postel.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postel.launcher.platform.Port;

/** SAFETY row 19: a client that has all it may have at one gateway gets no more at the other, and nobody else notices. */
@Order(SharedPlatform.Turn.OF_SCALED)
@Timeout(300)
class ClientFloodTest {

    private static final RunningPlatform PLATFORM = SharedPlatform.SCALED.running();
    private static final String GOOD = "127.0.0.1";
    private static final String BAD = "127.0.0.9";
    private static final Duration SOON = Duration.ofSeconds(60);

    /** Only the address of all other tests is spared; here it is asked so often that no rate would do. */
    static void configure(Map<String, String> settings) {
        for (String protocol : List.of("imap", "pop3")) {
            settings.put("postel." + protocol + ".rate.spared", GOOD);
            settings.put("postel." + protocol + ".rate.connections", "0");
        }
    }

    @ParameterizedTest
    @CsvSource({"IMAP, 200, * OK, * BYE Too many connections", "POP3, 50, +OK, -ERR [SYS/TEMP] too many connections"})
    void theOtherGatewayHearsOfIt(Port port, int most, String welcome, String refusal) throws Exception {
        int one = PLATFORM.ports(port).getFirst();
        int two = PLATFORM.ports(port).getLast();
        List<Line> held = new ArrayList<>();
        try {
            for (int i = 0; i < most; i++) {
                held.add(Line.connect(BAD, one));
                starts(welcome, held.getLast().readLine());
            }
            starts(refusal, greeting(BAD, one));
            awaitGreeting(refusal, two);
            starts(welcome, greeting(GOOD, one));
            starts(welcome, greeting(GOOD, two));
        } finally {
            for (Line line : held) {
                line.close();
            }
        }
        awaitGreeting(welcome, two);
    }

    private static void awaitGreeting(String start, int port) throws Exception {
        long end = System.nanoTime() + SOON.toNanos();
        String heard = greeting(BAD, port);
        while (!heard.startsWith(start)) {
            assertTrue(System.nanoTime() < end, "still: " + heard);
            heard = greeting(BAD, port);
        }
    }

    private static String greeting(String from, int port) throws IOException {
        try (Line line = Line.connect(from, port)) {
            return line.readLine();
        }
    }

    private static void starts(String start, String line) {
        assertEquals(start, line.substring(0, Math.min(start.length(), line.length())));
    }
}
