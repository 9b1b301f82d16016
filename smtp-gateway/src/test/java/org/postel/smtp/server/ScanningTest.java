package org.postel.smtp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postel.smtp.command.AcceptedMessage;
import org.postel.wire.LineClient;

/** Rspamd and ClamAV as they are spoken to; the real ones are asked by RealScannersTest. */
@Timeout(60)
class ScanningTest {

    private static final String CLEAN = "{\"is_skipped\":false,\"score\":1.25,\"required_score\":15.0,\"action\":\"no action\",\"symbols\":{\"R_DKIM_NA\":{\"name\":\"R_DKIM_NA\"},"
        + "\"B\":{\"options\":[{\"action\":\"reject\"}]}},\"messages\":{},\"later\":[1,{\"action\":\"reject\"}]}";

    private static TestGateway gateway(String... filter) throws IOException {
        Map<String, String> set = new HashMap<>();
        for (int i = 0; i < filter.length; i += 2) {
            set.put(filter[i], filter[i + 1]);
        }
        return new TestGateway(Map.of(), Map.of("enabled", "false"), set);
    }

    private static String send(TestGateway gateway, String content) throws IOException {
        try (LineClient client = TestGateway.ehlo(gateway.mx())) {
            client.send("MAIL FROM:<carol@example.org>").expect("250");
            client.send("RCPT TO:<alice@example.test>").expect("250");
            client.send("RCPT TO:<bob@example.test>").expect("250");
            client.send("DATA").expect("354");
            return client.sendRaw(content + ".\r\n").readLine();
        } finally {
            long until = System.nanoTime() + Duration.ofSeconds(10).toNanos();
            while (gateway.budget.available() < TestGateway.BUDGET) {
                assertTrue(System.nanoTime() < until, "memory is not given back");
            }
        }
    }

    private static String action(String action, String more) {
        return "{\"score\":7.5,\"required_score\":15,\"action\":\"" + action + "\",\"symbols\":{}" + more + "}";
    }

    @Test
    void rspamdIsToldWhoSendsAndWhat() throws IOException {
        try (ScriptedScanner rspamd = ScriptedScanner.rspamd(CLEAN); TestGateway gateway = gateway("rspamd.address", rspamd.address())) {
            assertTrue(send(gateway, "A: b\r\n\r\n..dot\r\n").startsWith("250"));
            assertEquals("POST /checkv2 HTTP/1.1\r\nHost: rspamd\r\nConnection: close\r\nContent-Length: 14\r\nIP: 127.0.0.1\r\nHelo: client.example.org\r\n"
                + "From: carol@example.org\r\nRcpt: alice@example.test\r\nRcpt: bob@example.test\r\n\r\n", rspamd.heads().getFirst());
            assertEquals("A: b\r\n\r\n.dot\r\n", rspamd.contents().getFirst());
            AcceptedMessage message = gateway.queue.messages().getFirst();
            assertEquals("X-Spam-Status: No, score=1.25 required=15.00\r\n\ttests=R_DKIM_NA,\r\n\tB\r\n", message.assessment().fields());
            assertFalse(message.assessment().junk());
        }
    }

    @Test
    void aLargeMailIsScannedWhilePassing() throws IOException {
        String content = "A: b\r\n\r\n" + ("x".repeat(998) + "\r\n").repeat(800);
        try (ScriptedScanner rspamd = ScriptedScanner.rspamd(CLEAN); ScriptedScanner clamd = ScriptedScanner.clamd("stream: OK\0");
             TestGateway gateway = gateway("rspamd.address", rspamd.address(), "clamd.address", clamd.address())) {
            assertTrue(send(gateway, content).startsWith("250"));
            assertTrue(rspamd.heads().getFirst().contains("Transfer-Encoding: chunked\r\n"));
            assertTrue(content.equals(rspamd.contents().getFirst()));
            assertTrue(content.equals(clamd.contents().getFirst()));
            assertEquals("zINSTREAM\0", clamd.heads().getFirst());
        }
    }

    @ParameterizedTest
    @CsvSource({"no action,250,false", "greylist,250,false", "add header,250,true", "rewrite subject,250,true", "discard,250,true", "quarantine,250,true",
        "soft reject,451,false", "reject,550,false", "invented,250,false"})
    void whatRspamdWantsIsDone(String action, String code, boolean junk) throws IOException {
        try (ScriptedScanner rspamd = ScriptedScanner.rspamd(action(action, "")); TestGateway gateway = gateway("rspamd.address", rspamd.address())) {
            assertEquals(code, send(gateway, "A: b\r\n\r\n").substring(0, 3));
            assertEquals(code.equals("250") ? 1 : 0, gateway.queue.messages().size());
            gateway.queue.messages().forEach(message -> assertEquals(junk, message.assessment().junk()));
            gateway.queue.messages().forEach(message -> assertEquals(junk, message.assessment().fields().startsWith("X-Spam-Flag: YES\r\n")));
        }
    }

    // SAFETY row 11
    @Test
    void whatRspamdSaysIsOneLine() throws IOException {
        String json = action("reject", ",\"messages\":{\"smtp_message\":\"no\\r\\n250 ok \\u00e4\"}");
        try (ScriptedScanner rspamd = ScriptedScanner.rspamd(json); TestGateway gateway = gateway("rspamd.address", rspamd.address())) {
            assertEquals("550 5.7.1 no??250 ok ?", send(gateway, "A: b\r\n\r\n"));
        }
        try (ScriptedScanner rspamd = ScriptedScanner.rspamd("{\"action\":\"no action\",\"symbols\":{\"A\\r\\nB: c\":{}}}");
             TestGateway gateway = gateway("rspamd.address", rspamd.address())) {
            send(gateway, "A: b\r\n\r\n");
            assertTrue(gateway.queue.messages().getFirst().assessment().fields().endsWith("tests=A??B??c\r\n"));
        }
    }

    @Test
    void fieldsThatOnlyWeWriteAreTakenOut() throws IOException {
        try (ScriptedScanner rspamd = ScriptedScanner.rspamd(CLEAN); TestGateway gateway = gateway("rspamd.address", rspamd.address())) {
            send(gateway, "X-Spam-Flag: NO\r\nX-Spam-Status: No,\r\n score=-100\r\nA: b\r\n\r\n");
            assertTrue(TestGateway.text(gateway.queue.messages().getFirst()).endsWith("+0000\r\nA: b\r\n\r\n"));
        }
    }

    @ParameterizedTest
    @CsvSource({"stream: OK,250", "stream: Eicar-Test-Signature FOUND,550", "INSTREAM size limit exceeded. ERROR,451", "'',451"})
    void whatClamdFindsIsRefusedAndNoAnswerIsNoYes(String answer, String code) throws IOException {
        try (ScriptedScanner clamd = ScriptedScanner.clamd(answer + "\0"); TestGateway gateway = gateway("clamd.address", clamd.address())) {
            assertEquals(code, send(gateway, "A: b\r\n\r\n").substring(0, 3));
            assertEquals(code.equals("250") ? 1 : 0, gateway.queue.messages().size());
        }
    }

    @Test
    void infectedMailMayGoToJunk() throws IOException {
        try (ScriptedScanner clamd = ScriptedScanner.clamd("stream: A\r\nB: c FOUND\0".replace("\r\n", "\t")); TestGateway gateway = gateway("clamd.address", clamd.address(), "clamd.infected", "junk")) {
            assertTrue(send(gateway, "X-Virus: none\r\nA: b\r\n\r\n").startsWith("250"));
            AcceptedMessage message = gateway.queue.messages().getFirst();
            assertEquals("X-Virus: A?B??c\r\n", message.assessment().fields());
            assertTrue(message.assessment().junk());
            assertFalse(TestGateway.text(message).contains("X-Virus"));
        }
    }

    @ParameterizedTest
    @CsvSource({"rspamd,,250", "rspamd,tempfail,451", "clamd,,451", "clamd,pass,250"})
    void whoDoesNotAnswerLetsMailInOrNotAsConfigured(String scanner, String onFailure, String code) throws IOException {
        try (ScriptedScanner silent = ScriptedScanner.silent(); TestGateway gateway = gateway(scanner + ".address", silent.address(), scanner + ".time-limit", "200ms",
            scanner + ".on-failure", onFailure == null ? (scanner.equals("clamd") ? "tempfail" : "pass") : onFailure)) {
            assertEquals(code, send(gateway, "A: b\r\n\r\n").substring(0, 3));
            // More than sockets hold: a scanner that does not read must not hold the mail.
            assertEquals(code, send(gateway, "A: b\r\n\r\n" + ("x".repeat(998) + "\r\n").repeat(1900)).substring(0, 3));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 500 no\r\nContent-Length: 0\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n{\"a\":", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]", "hello",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"})
    void anAnswerThatIsNoneIsAFailure(String answer) throws IOException {
        try (ScriptedScanner rspamd = ScriptedScanner.http(answer); TestGateway gateway = gateway("rspamd.address", rspamd.address(), "rspamd.on-failure", "tempfail")) {
            assertEquals("451 4.7.1 Cannot check the message now; try again later", send(gateway, "A: b\r\n\r\n"));
        }
    }

    @Test
    void anEndlessAnswerIsNotKept() throws IOException {
        try (ScriptedScanner rspamd = new ScriptedScanner((in, socket) -> {
            while (true) {
                socket.getOutputStream().write(new byte[64 << 10]);
            }
        }); TestGateway gateway = gateway("rspamd.address", rspamd.address(), "rspamd.on-failure", "tempfail")) {
            assertEquals("451", send(gateway, "A: b\r\n\r\n").substring(0, 3));
        }
    }

    @Test
    void whatIsLargerThanIsScannedComesIn() throws IOException {
        try (ScriptedScanner clamd = ScriptedScanner.clamd("stream: X FOUND\0"); TestGateway gateway = gateway("clamd.address", clamd.address(), "clamd.max-size", "1K")) {
            assertEquals("250", send(gateway, "A: b\r\n\r\n" + ("x".repeat(98) + "\r\n").repeat(20)).substring(0, 3));
            assertEquals("550", send(gateway, "A: b\r\n\r\n").substring(0, 3));
        }
    }

    @Test
    void nobodyListeningIsAFailureToo() throws IOException {
        String address;
        try (ScriptedScanner gone = ScriptedScanner.silent()) {
            address = gone.address();
        }
        try (TestGateway gateway = gateway("clamd.address", address)) {
            assertEquals("451", send(gateway, "A: b\r\n\r\n").substring(0, 3));
        }
        try (TestGateway gateway = gateway("clamd.address", "/no/such/socket")) {
            assertEquals("451", send(gateway, "A: b\r\n\r\n").substring(0, 3));
        }
    }
}
