package org.postel.imap.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postel.wire.LineClient;

/** A drain lets a command finish whose first line has come, whatever is still missing of it; then it says BYE. */
@Timeout(60)
class DrainTest {

    private TestGateway gateway;

    @BeforeEach
    void start() throws IOException {
        gateway = new TestGateway();
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    /** Returns when the drain has begun: an idle session was told. */
    private void drain() throws IOException {
        try (LineClient idle = gateway.connect()) {
            Thread.startVirtualThread(() -> {
                try {
                    gateway.drain();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            idle.expect("* BYE");
        }
    }

    private static void ended(LineClient client) throws IOException {
        client.expect("* BYE The server is shutting down");
        client.expectClosed();
    }

    @Test
    void literalsAndTheLinesBetweenThemAreWaitedFor() throws IOException {
        try (LineClient client = gateway.connect()) {
            client.send("a LOGIN {18}").expect("+ ");
            drain();
            client.sendRaw("alice@example.test");
            client.send(" {6}").expect("+ ");
            client.sendRaw("secret");
            client.send("").expect("a OK");
            ended(client);
        }
    }

    @Test
    void restOfTheLineAfterALiteralIsWaitedFor() throws IOException {
        try (LineClient client = gateway.connect()) {
            client.sendRaw("a LOGIN {18+}\r\nalice@example.test");
            drain();
            client.send(" secret").expect("a OK");
            ended(client);
        }
    }

    @Test
    void messageOfAnAppendIsWaitedFor() throws IOException {
        try (LineClient client = gateway.login()) {
            client.send("a APPEND INBOX {10}").expect("+ ");
            drain();
            client.send("0123456789").expect("a OK [APPENDUID ");
            ended(client);
        }
        assertArrayEquals("0123456789".getBytes(StandardCharsets.US_ASCII), gateway.mail.content(1));
    }

    @Test
    void endOfAnAppendIsWaitedFor() throws IOException {
        try (LineClient client = gateway.login()) {
            client.sendRaw("a APPEND INBOX {10+}\r\n0123456789");
            drain();
            client.send("").expect("a OK [APPENDUID ");
            ended(client);
        }
    }

    @Test
    void aSearchInManyMailboxesEndsWithTheOneItIsIn() throws IOException {
        gateway.mail.deliver("Subject: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        gateway.mail.beforeSearch(() -> {
            gateway.mail.beforeSearch(() -> { });
            begin();
        });
        try (LineClient client = gateway.login()) {
            client.send("a ESEARCH IN (personal) SUBJECT x").expect("* ESEARCH (TAG \"a\" MAILBOX INBOX");
            ended(client);
        }
    }

    private void begin() {
        try {
            drain();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void answerToAChallengeIsWaitedFor() throws IOException {
        try (LineClient client = gateway.connect()) {
            client.send("a AUTHENTICATE PLAIN").expect("+ ");
            drain();
            client.send("AGFsaWNlQGV4YW1wbGUudGVzdABzZWNyZXQ=").expect("a OK");
            ended(client);
        }
    }
}
