package org.postel.imap.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postel.wire.LineClient;

/** How a message of APPEND goes on to mailbox-service: in one call as long as there is memory for it, else in pieces. */
@Timeout(60)
class AppendTest {

    private final Map<String, String> settings = Map.of("postel.imap.whole-message-size", "10", "postel.imap.message-memory", "15");

    private static long calls(TestGateway gateway, String name) {
        return gateway.mail.calls().stream().filter(name::equals).count();
    }

    @Test
    void aSmallMessageTakesOneCallAndALargeOneGoesInPieces() throws IOException {
        try (TestGateway gateway = new TestGateway(settings, Optional.empty()); LineClient client = gateway.login()) {
            client.send("a APPEND INBOX {10+}\r\n0123456789").expect("a OK [APPENDUID ");
            assertEquals(1, calls(gateway, "append whole"));
            client.send("b APPEND INBOX {11+}\r\n0123456789a").expect("b OK [APPENDUID ");
            assertEquals(1, calls(gateway, "append whole"));
            client.send("d STATUS INBOX (MESSAGES)").expect("* STATUS INBOX (MESSAGES 2)");
        }
    }

    @Test
    void whereOthersHoldTheMemoryAMessageGoesInPieces() throws IOException {
        try (TestGateway gateway = new TestGateway(settings, Optional.empty());
                LineClient slow = gateway.login(); LineClient quick = gateway.login()) {
            slow.send("a APPEND INBOX {10}").expect("+ Ready");
            quick.send("a APPEND INBOX {6+}\r\nhello!").expect("a OK [APPENDUID ");
            assertEquals(0, calls(gateway, "append whole"));
            slow.send("0123456789").expect("a OK [APPENDUID ");
            assertEquals(1, calls(gateway, "append whole"));
            quick.send("b APPEND INBOX {6+}\r\nhello!").expect("b OK [APPENDUID ");
            assertEquals(2, calls(gateway, "append whole"));
        }
    }

    @Test
    void anAppendRightAfterAnotherAsksForNoNames() throws IOException {
        try (TestGateway gateway = new TestGateway(settings, Optional.empty()); LineClient client = gateway.login()) {
            client.send("a APPEND INBOX {5+}\r\nhello").expect("a OK [APPENDUID ");
            long before = calls(gateway, "name");
            long begun = System.nanoTime();
            client.send("b APPEND INBOX {5+}\r\nhello").expect("b OK [APPENDUID ");
            // A machine that stood still for so long has a reason to ask.
            boolean held = System.nanoTime() - begun < Duration.ofMillis(500).toNanos();
            assertEquals(before, held ? calls(gateway, "name") : before);
            client.send("c APPEND Sent {5+}\r\nhello").expect("c OK [APPENDUID ");
            client.send("d NOOP").expect("d OK");
            client.send("e APPEND Sent {5+}\r\nhello").expect("e OK [APPENDUID ");
            assertTrue(calls(gateway, "name") >= before + 2);
        }
    }

    @Test
    void aBrokenCommandGivesItsMemoryBack() throws IOException {
        try (TestGateway gateway = new TestGateway(settings, Optional.empty())) {
            try (LineClient gone = gateway.login()) {
                gone.send("a APPEND INBOX {10+}\r\n0123456789 more").expect("a BAD");
                gone.send("b APPEND INBOX {10}").expect("+ Ready");
            }
            try (LineClient client = gateway.login()) {
                long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
                while (calls(gateway, "append whole") == 0) {
                    assertTrue(System.nanoTime() < end);
                    client.send("a APPEND INBOX {10+}\r\n0123456789").expect("a OK [APPENDUID ");
                }
            }
        }
    }
}
