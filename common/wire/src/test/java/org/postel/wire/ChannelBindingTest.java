package org.postel.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.postel.wire.sasl.ChannelBinding;

/** Both ends of a connection must know the same, and no other connection may have it. */
@Timeout(60)
class ChannelBindingTest {

    @TempDir
    Path folder;

    @Test
    void bothEndsOfTls13KnowTheSameAndNoOtherConnectionDoes() throws Exception {
        TestCertificate made = TestCertificate.in(folder);
        try (var certificate = made.load(); var server = server(certificate);
             var one = LineClient.connectTls(server.port(), made); var other = LineClient.connectTls(server.port(), made)) {
            List<ChannelBinding> first = ((Connection) server.seen()).channelBindings();
            List<ChannelBinding> second = ((Connection) server.seen()).channelBindings();
            assertEquals(List.of("tls-exporter", "tls-server-end-point"), first.stream().map(ChannelBinding::type).toList());
            byte[] ours = exported((SSLSocket) one.socket());
            byte[] theirs = exported((SSLSocket) other.socket());
            assertFalse(Arrays.equals(ours, theirs));
            // Either connection may have been served first.
            boolean inOrder = Arrays.equals(ours, first.getFirst().data());
            assertArrayEquals(ours, (inOrder ? first : second).getFirst().data());
            assertArrayEquals(theirs, (inOrder ? second : first).getFirst().data());
            assertArrayEquals(certificateHash((SSLSocket) one.socket()), first.getLast().data());
        }
    }

    /** RFC 5929 §4.1; RFC 9266 §4.2: no exporter that TLS 1.2 might share between connections. */
    @Test
    void tls12IsBoundToTheCertificateOnly() throws Exception {
        TestCertificate made = TestCertificate.in(folder);
        try (var certificate = made.load(); var server = server(certificate);
             SSLSocket client = (SSLSocket) made.trust().getSocketFactory().createSocket("localhost", server.port())) {
            client.setEnabledProtocols(new String[] {"TLSv1.2"});
            client.startHandshake();
            List<ChannelBinding> bindings = ((Connection) server.seen()).channelBindings();
            assertEquals(List.of("tls-server-end-point"), bindings.stream().map(ChannelBinding::type).toList());
            assertArrayEquals(certificateHash(client), bindings.getFirst().data());
        }
    }

    @Test
    void inClearThereIsNone() throws Exception {
        try (var server = EchoServer.start(); var client = LineClient.connect(server.port())) {
            client.expect("hello");
            assertEquals(List.of(), ((Connection) server.seen()).channelBindings());
        }
    }

    private static EchoServer server(TlsCertificate certificate) throws Exception {
        return new EchoServer(EchoServer.settings().withImplicitTls(true), new ConnectionLimits(10, 10), Optional.of(certificate));
    }

    private static byte[] exported(SSLSocket client) throws Exception {
        return ((ExtendedSSLSession) client.getSession()).exportKeyingMaterialData("EXPORTER-Channel-Binding", new byte[0], 32);
    }

    private static byte[] certificateHash(SSLSocket client) throws Exception {
        X509Certificate certificate = (X509Certificate) client.getSession().getPeerCertificates()[0];
        assertEquals("SHA384withECDSA", certificate.getSigAlgName());
        return MessageDigest.getInstance("SHA-384").digest(certificate.getEncoded());
    }
}
