package org.postel.pop3.server;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.postel.wire.LineClient;
import org.postel.wire.TestCertificate;

/** What of a client is a mistake, and how many end its session. */
@Timeout(60)
class MistakesTest {

    @TempDir
    static Path folder;
    private static TestCertificate certificate;

    @BeforeAll
    static void makeCertificate() throws IOException {
        certificate = TestCertificate.in(folder);
    }

    // SAFETY row 17
    @Test
    void aLineOverTheLimitIsRefusedAndTheSessionGoesOn() throws Exception {
        try (var stage = Pop3Stage.of(certificate, "line-limit", "100"); var client = LineClient.connect(stage.port())) {
            client.expect("+OK");
            client.send("USER " + "x".repeat(1_000_000)).expect("-ERR line too long");
            client.sendRaw("NOOP\nSTAT\r\n").expect("-ERR lines end in CRLF");
            client.expect("-ERR not in this state");
            client.send("QUIT").expect("+OK bye");
        }
    }

    @Test
    void tooManyMistakesEndTheSession() throws Exception {
        try (var stage = Pop3Stage.of(certificate, "max-errors", "3"); var client = LineClient.connect(stage.port())) {
            client.expect("+OK");
            for (int i = 0; i < 4; i++) {
                client.send("BLURB").expect("-ERR no such command");
            }
            client.expect("-ERR too many errors");
            client.expectClosed();
        }
    }

    /** SAFETY row 19. */
    @Test
    void whatAStrangerIsRefusedIsAMistakeToo() throws Exception {
        try (var stage = Pop3Stage.of(certificate, "max-errors", "3"); var client = LineClient.connect(stage.port())) {
            client.expect("+OK");
            client.send("RETR 1").expect("-ERR not in this state");
            client.send("PASS secret").expect("-ERR USER first");
            client.send("APOP alice c4c9334bac560ecc979e58001b3e22fb").expect("-ERR APOP is not offered");
            client.send("STAT").expect("-ERR not in this state");
            client.expect("-ERR too many errors");
            client.expectClosed();
        }
    }

    @Test
    void whatIsNotThereOrNotPossibleNowIsNoMistake() throws Exception {
        try (var stage = Pop3Stage.of(certificate, "max-errors", "3")) {
            stage.accounts.drop("alice");
            try (var holder = stage.login(); var client = LineClient.connect(stage.port())) {
                client.expect("+OK");
                for (int i = 0; i < 4; i++) {
                    client.sendRaw("USER alice\r\nPASS secret\r\n").expect("+OK");
                    client.expect("-ERR [IN-USE]");
                }
                for (int i = 0; i < 4; i++) {
                    holder.send("RETR 1").expect("-ERR no such message");
                }
                holder.send("NOOP").expect("+OK");
            }
        }
    }
}
