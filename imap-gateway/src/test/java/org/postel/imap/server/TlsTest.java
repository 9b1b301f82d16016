package org.postel.imap.server;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postel.wire.LineClient;
import org.postel.wire.TestCertificate;

/** RFC 3501 §6.2.1, §11.1; SAFETY rows 4 to 7. */
class TlsTest {

    @TempDir
    Path folder;

    @Test
    void passwordsWaitForTls() throws IOException {
        TestCertificate certificate = TestCertificate.in(folder);
        try (TestGateway gateway = new TestGateway(Map.of("postel.imap.auth-on-loopback-in-clear", "false"),
                Optional.of(certificate.load())); LineClient client = LineClient.connect(gateway.port())) {
            String greeting = client.expect("* OK [CAPABILITY ");
            assertTrue(greeting.contains(" STARTTLS LOGINDISABLED]"));
            assertFalse(greeting.contains("AUTH="));
            client.send("a LOGIN alice@example.test secret").expect("a NO [PRIVACYREQUIRED]");
            client.send("b AUTHENTICATE PLAIN").expect("b NO [PRIVACYREQUIRED]");
            client.send("b AUTHENTICATE SCRAM-SHA-256").expect("b NO [PRIVACYREQUIRED]");
            client.send("c STARTTLS").expect("c OK");
            client.startTls(certificate);
            String capability = client.send("d CAPABILITY").expect("* CAPABILITY ");
            assertFalse(capability.contains("STARTTLS"));
            assertTrue(capability.contains("AUTH=PLAIN"));
            client.expect("d OK");
            client.send("e STARTTLS").expect("e BAD");
            client.send("f LOGIN alice@example.test secret").expect("f OK");
        }
    }

    @Test
    void whatCameInClearAfterStartTlsIsNotRun() throws IOException {
        TestCertificate certificate = TestCertificate.in(folder);
        try (TestGateway gateway = new TestGateway(Map.of(), Optional.of(certificate.load()));
                LineClient client = gateway.connect()) {
            client.sendRaw("a STARTTLS\r\nb LOGIN alice@example.test secret\r\n");
            String line = "";
            try {
                while (!line.startsWith("b")) {
                    line = client.readLine();
                }
            } catch (IOException closed) {
                line = "";
            }
            assertFalse(line.startsWith("b"), line);
        }
    }

    /** A client may begin its handshake the moment it has the reply: that is no injection, however fast it comes. */
    @Test
    void fastHandshakeIsNotTakenForInjection() throws IOException {
        TestCertificate certificate = TestCertificate.in(folder);
        try (TestGateway gateway = new TestGateway(Map.of(), Optional.of(certificate.load()))) {
            for (int i = 0; i < 50; i++) {
                try (LineClient client = gateway.connect()) {
                    client.send("a STARTTLS").expect("a OK");
                    client.startTls(certificate);
                    client.send("b NOOP").expect("b OK");
                }
            }
        }
    }

    @Test
    void tlsFromTheFirstOctet() throws IOException {
        TestCertificate certificate = TestCertificate.in(folder);
        try (TestGateway gateway = new TestGateway(Map.of("postel.imap.auth-on-loopback-in-clear", "false"),
                Optional.of(certificate.load())); LineClient client = LineClient.connectTls(gateway.tlsPort(), certificate, "imap")) {
            String greeting = client.expect("* OK [CAPABILITY ");
            assertTrue(greeting.contains(" AUTH=SCRAM-SHA-256-PLUS AUTH=SCRAM-SHA-256 AUTH=OAUTHBEARER AUTH=XOAUTH2 AUTH=PLAIN "), greeting);
            client.send("a AUTHENTICATE PLAIN AGFsaWNlQGV4YW1wbGUudGVzdABzZWNyZXQ=").expect("a OK [CAPABILITY ");
        }
    }

    /** SAFETY row 7: ALPACA. */
    @Test
    void clientsOfOtherProtocolsGetNoTls() throws IOException {
        TestCertificate certificate = TestCertificate.in(folder);
        try (TestGateway gateway = new TestGateway(Map.of(), Optional.of(certificate.load())); LineClient client = gateway.connect()) {
            assertThrows(SSLException.class, () -> LineClient.connectTls(gateway.tlsPort(), certificate, "h2", "pop3"));
            client.send("a STARTTLS").expect("a OK");
            assertThrows(SSLException.class, () -> client.startTls(certificate, "http/1.1"));
        }
    }
}
