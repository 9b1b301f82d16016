package org.postel.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class TlsTest {

    @TempDir
    static Path folder;
    private static TestCertificate made;
    private static TlsCertificate certificate;

    @BeforeAll
    static void makeCertificate() throws IOException {
        made = TestCertificate.in(folder);
        certificate = made.load();
    }

    @AfterAll
    static void stopWatching() {
        certificate.close();
    }

    private static EchoServer server(ListenerSettings settings) throws IOException {
        return new EchoServer(settings, new ConnectionLimits(10, 10), Optional.of(certificate));
    }

    @Test
    void startTlsTurnsTlsOn() throws Exception {
        try (var server = server(EchoServer.settings()); var client = LineClient.connect(server.port())) {
            client.expect("hello");
            client.send("STARTTLS").expect("go");
            client.startTls(made);
            client.expect("safe TLSv1.3, TLS_");
            client.send("secret").expect("secret");
        }
    }

    /** SAFETY row 4: CVE-2011-0411. */
    @Test
    void whatIsPipelinedAfterStartTlsEndsTheConnection() throws Exception {
        try (var server = server(EchoServer.settings()); var client = LineClient.connect(server.port())) {
            client.expect("hello");
            client.sendRaw("STARTTLS\r\ninjected\r\n");
            client.expectClosed();
            server.seen();
            assertInstanceOf(PlaintextInjectionException.class, server.seen());
        }
    }

    /** SAFETY row 4: what arrives after the go-ahead is read as TLS, which it is not. */
    @Test
    void whatComesInClearInALaterSegmentIsNeverRead() throws Exception {
        for (int round = 0; round < 20; round++) {
            try (var server = server(EchoServer.settings()); var client = LineClient.connect(server.port())) {
                client.expect("hello");
                client.sendRaw("STARTTLS\r\n").sendRaw("injec").sendRaw("ted\r\n");
                server.seen();
                assertTrue(server.seen() instanceof IOException);
            }
        }
    }

    @Test
    void twoConnectionsThatInjectAtOnceBothEnd() throws Exception {
        try (var server = server(EchoServer.settings()); var one = LineClient.connect(server.port());
             var two = LineClient.connect(server.port())) {
            one.expect("hello");
            two.expect("hello");
            one.sendRaw("STARTTLS\r\na\r\n");
            two.sendRaw("STARTTLS\r\nb\r\n");
            one.expectClosed();
            two.expectClosed();
        }
    }

    @Test
    void implicitTlsServesFromTheFirstOctet() throws Exception {
        try (var server = server(EchoServer.settings().withImplicitTls(true));
             var client = LineClient.connectTls(server.port(), made)) {
            client.expect("hello");
            client.send("x".repeat(90)).expect("xxx");
            client.send("quit").expect("quit");
            client.expectClosed();
        }
    }

    /** SAFETY row 7: a client that wants another server must not be given this one. */
    @ParameterizedTest
    @CsvSource({"mail.example.test,true", "MAIL.EXAMPLE.TEST,true", "a.wild.test,true", "www.example.test,false", "a.b.wild.test,false", "wild.test,false"})
    void whoAsksForAnotherServerIsRefusedWhenStrict(String name, boolean served) throws Exception {
        try (var strict = made.loadStrict(); var server = new EchoServer(EchoServer.settings(), new ConnectionLimits(100, 100), Optional.of(strict));
             var any = server(EchoServer.settings()); var client = LineClient.connect(server.port()); var elsewhere = LineClient.connect(any.port());
             var nameless = LineClient.connect(server.port())) {
            client.expect("hello");
            client.send("STARTTLS").expect("go");
            if (served) {
                client.startTlsTo(name, made);
                client.expect("safe");
            } else {
                String alert = assertThrows(SSLException.class, () -> client.startTlsTo(name, made)).getMessage();
                assertTrue(alert.contains("unrecognized_name"), alert);
            }
            nameless.expect("hello");
            nameless.send("STARTTLS").expect("go");
            nameless.startTls(made);
            nameless.expect("safe");
            elsewhere.expect("hello");
            elsewhere.send("STARTTLS").expect("go");
            elsewhere.startTlsTo(name, made);
            elsewhere.expect("safe");
        }
    }

    /** SAFETY row 7: ALPACA. */
    @Test
    void anotherProtocolsAlpnNameIsRefused() throws Exception {
        try (var server = server(EchoServer.settings().withImplicitTls(true).withAlpn("pop3"))) {
            int port = server.port();
            refused(() -> LineClient.connectTls(port, made, "http/1.1", "imap"));
            try (var right = LineClient.connectTls(port, made, "http/1.1", "pop3"); var silent = LineClient.connectTls(port, made)) {
                assertEquals("pop3", ((SSLSocket) right.socket()).getApplicationProtocol());
                right.expect("hello");
                silent.expect("hello");
            }
        }
    }

    /** SAFETY row 7: the same where TLS begins later. */
    @Test
    void anotherProtocolsAlpnNameIsRefusedAfterStartTls() throws Exception {
        try (var server = server(EchoServer.settings().withAlpn("pop3")); var right = LineClient.connect(server.port());
             var silent = LineClient.connect(server.port()); var wrong = LineClient.connect(server.port())) {
            for (var client : List.of(right, silent, wrong)) {
                client.expect("hello");
                client.send("STARTTLS").expect("go");
            }
            right.startTls(made, "pop3");
            right.expect("safe");
            silent.startTls(made);
            silent.expect("safe");
            refused(() -> wrong.startTls(made, "imap"));
        }
    }

    // RFC 7301 §3.2: the fatal alert has a number of its own.
    private static void refused(Executable handshake) {
        SSLException alert = assertThrows(SSLException.class, handshake);
        assertTrue(alert.getMessage().contains("no_application_protocol"), alert.getMessage());
    }

    /** SAFETY row 6. */
    @Test
    void tlsBefore12IsRefused() throws Exception {
        try (var server = server(EchoServer.settings().withImplicitTls(true));
             var client = LineClient.connect(server.port())) {
            // A ClientHello of TLS 1.0 that offers one cipher suite.
            client.sendRaw("\u0016\u0003\u0001\u0000\u002d\u0001\u0000\u0000\u0029\u0003\u0001" + "r".repeat(32)
                    + "\u0000\u0000\u0002\u0000\u002f\u0001\u0000");
            byte[] alert = client.socket().getInputStream().readNBytes(7);
            assertEquals(21, alert[0], "an alert");
            assertEquals(70, alert[6], "protocol_version");
        }
    }

    @Test
    void clearTextOnATlsPortEndsTheConnectionWithoutAnEcho() throws Exception {
        try (var server = server(EchoServer.settings().withImplicitTls(true));
             var client = LineClient.connect(server.port())) {
            client.sendRaw("GET / HTTP/1.1\r\n\r\n");
            byte[] answer = client.socket().getInputStream().readAllBytes();
            assertFalse(new String(answer, java.nio.charset.StandardCharsets.ISO_8859_1).contains("GET"));
        }
    }

    @Test
    void aNewCertificateIsTakenUpAndABrokenOneIsNot(@TempDir Path other) throws Exception {
        TestCertificate first = TestCertificate.in(Files.createDirectory(other.resolve("first")));
        TestCertificate second = TestCertificate.in(Files.createDirectory(other.resolve("second")));
        try (var watched = new TlsCertificate(first.certificate(), first.key(), Duration.ofMillis(5));
             var server = new EchoServer(EchoServer.settings().withImplicitTls(true), new ConnectionLimits(10, 10),
                     Optional.of(watched))) {
            LineClient.connectTls(server.port(), first).close();
            Files.writeString(first.certificate(), "broken");
            LineClient.connectTls(server.port(), first).close();
            Files.copy(second.key(), first.key(), StandardCopyOption.REPLACE_EXISTING);
            Files.copy(second.certificate(), first.certificate(), StandardCopyOption.REPLACE_EXISTING);
            ListenerTest.eventually(() -> trusts(server.port(), second));
        }
    }

    private static boolean trusts(int port, TestCertificate trusted) throws IOException {
        try (var client = LineClient.connectTls(port, trusted)) {
            client.expect("hello");
            return true;
        } catch (SSLException notYet) {
            return false;
        }
    }
}
