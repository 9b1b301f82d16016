package org.postel.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyProtocolVersion;
import io.netty.handler.codec.haproxy.HAProxyProxiedProtocol;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The header of HAProxy's proxy-protocol.txt, §2.1 and §2.2, and who may send one: SAFETY row 37. */
@Timeout(60)
class ProxyProtocolTest {

    private static final List<Network> LOOPBACK = List.of(Network.parse("127.0.0.0/8"));
    private static final String V1 = "PROXY TCP4 192.0.2.7 198.51.100.1 51234 25\r\n";
    private static final String SIGNATURE = "0D0A0D0A000D0A515549540A";
    // PROXY, TCP over IPv6, 2001:db8::7 to 2001:db8::1, ports 51234 and 25; then an extension of type 4, which means nothing, of 3 octets.
    private static final String V2 = binary(SIGNATURE + "2121002A" + "20010DB8000000000000000000000007" + "20010DB8000000000000000000000001" + "C8220019" + "040003AABBCC");
    private static final String V2_LOCAL = binary(SIGNATURE + "20000000");

    private static EchoServer shared;

    @BeforeAll
    static void start() throws IOException {
        shared = behindProxy(LOOPBACK, 100);
    }

    @AfterAll
    static void stop() {
        shared.close();
    }

    private static EchoServer behindProxy(List<Network> trusted, int perAddress) throws IOException {
        return new EchoServer(EchoServer.settings().withProxies(trusted), new ConnectionLimits(100, perAddress), Optional.empty());
    }

    /** How the server saw a client that sends this and then what it is told to. */
    private static Connection served(String octets) throws Exception {
        String mark = "mark" + System.nanoTime();
        try (var client = LineClient.connect(shared.port())) {
            client.sendRaw(octets + mark + "\r\n").expect("hello");
            assertEquals(mark, client.readLine());
            return nextConnection(shared);
        }
    }

    private static Connection nextConnection(EchoServer server) throws InterruptedException {
        Object seen = server.seen();
        while (!(seen instanceof Connection)) {
            seen = server.seen();
        }
        return (Connection) seen;
    }

    private static void unanswered(String octets) throws IOException {
        try (var client = LineClient.connect(shared.port())) {
            client.sendRaw(octets);
            client.expectClosed();
        }
    }

    private static String binary(String hex) {
        return new String(HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1);
    }

    @Test
    void theClientIsTheOneThatTheHeaderNames() throws Exception {
        Connection seen = served(V1);
        assertEquals(new InetSocketAddress(InetAddress.ofLiteral("192.0.2.7"), 51234), seen.remote());
        assertEquals(new InetSocketAddress(InetAddress.ofLiteral("198.51.100.1"), 25), seen.local());
    }

    @Test
    void theBinaryHeaderIsReadWithItsExtensions() throws Exception {
        assertEquals(new InetSocketAddress(InetAddress.ofLiteral("2001:db8::7"), 51234), served(V2).remote());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2"})
    void aHeaderMayComeInManySegments(String version) throws Exception {
        try (var client = LineClient.connect(shared.port())) {
            for (char octet : (version.equals("1") ? V1 : V2).toCharArray()) {
                client.sendRaw(String.valueOf(octet));
            }
            client.expect("hello");
            nextConnection(shared);
        }
    }

    // Whoever is believed could give himself any address, and with it any right.
    @ParameterizedTest
    @ValueSource(strings = {V1, "", "first\r\n"})
    void fromAStrangerNotAnOctetIsAnswered(String octets) throws Exception {
        try (var server = behindProxy(List.of(Network.parse("192.0.2.0/24"), Network.parse("::/0")), 1); var client = LineClient.connect(server.port())) {
            client.expectClosedAfter(octets);
        }
    }

    @Test
    void aPortMayBeForSomePeersOnly() throws Exception {
        try (var server = new EchoServer(EchoServer.settings().withPeers(List.of(Network.parse("192.0.2.0/24"))), new ConnectionLimits(100, 1), Optional.empty());
             var client = LineClient.connect(server.port())) {
            client.expectClosed();
        }
    }

    @Test
    void whoDoesNotKnowThePeersTakesNoHeader() {
        assertThrows(IllegalArgumentException.class, () -> behindProxy(List.of(), 1));
    }

    // A header in the middle of a session, or on a port without proxies, is a line like any other.
    @Test
    void elsewhereAHeaderIsGarbage() throws Exception {
        try (var server = EchoServer.start(); var client = LineClient.connect(server.port())) {
            client.expect("hello");
            client.sendRaw(V1);
            assertEquals(V1.strip(), client.readLine());
            assertEquals("127.0.0.1", ((Connection) server.seen()).remote().getAddress().getHostAddress());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "unknown"})
    void aProxyMaySpeakForItself(String how) throws Exception {
        Connection seen = served(how.equals("local") ? V2_LOCAL : "PROXY UNKNOWN 192.0.2.7 1.2.3.4 1 2\r\n");
        assertEquals("127.0.0.1", seen.remote().getAddress().getHostAddress());
    }

    @ParameterizedTest
    @ValueSource(strings = {"EHLO client.example.org\r\n", "PROXY TCP4 192.0.2.7\r\n", "PROXY TCP4 example.test 192.0.2.1 1 2\r\n",
        "PROXY TCP6 fe80::1%nowhere ::1 1 2\r\n", "PROXY TCP4 192.0.2.7 198.51.100.1 70000 25\r\n", "GET / HTTP/1.1\r\nHost: a\r\n"})
    void whatIsNoHeaderIsAnsweredByNothing(String octets) throws Exception {
        unanswered(octets);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ffff", "1000"})
    void aLongHeaderIsNotKept(String length) throws Exception {
        unanswered(binary(SIGNATURE + "2111" + length) + "x".repeat(3000));
    }

    @Test
    void aHeaderOfDatagramsIsNone() throws Exception {
        unanswered(binary(SIGNATURE + "2112000C" + "C0000207" + "C6336401" + "C8220019"));
    }

    @Test
    void withoutAHeaderInTimeTheConnectionEnds() throws Exception {
        var settings = EchoServer.settings().withProxies(LOOPBACK).withHandshakeTimeout(Duration.ofMillis(100));
        try (var server = new EchoServer(settings, new ConnectionLimits(1, 1), Optional.empty()); var client = LineClient.connect(server.port())) {
            client.sendRaw("PROXY TCP4 ").expectClosed();
        }
    }

    // Balancers do that every second.
    @Test
    void whoOnlyLooksWhetherThePortIsThereHarmsNobody() throws Exception {
        LineClient.connect(shared.port()).close();
        try (var half = LineClient.connect(shared.port())) {
            half.shutdownOutput();
            half.expectClosed();
        }
        served(V1);
    }

    @Test
    void whoSendsAllAndNoMoreIsServed() throws Exception {
        try (var client = LineClient.connect(shared.port())) {
            client.sendRaw(V1 + "first\r\nquit\r\n");
            client.shutdownOutput();
            client.expect("hello");
            assertEquals("first", client.readLine());
            assertEquals("quit", client.readLine());
            nextConnection(shared);
        }
    }

    @Test
    void limitsCountTheClientsAndNotTheProxy() throws Exception {
        try (var server = behindProxy(LOOPBACK, 1); var one = LineClient.connect(server.port()); var same = LineClient.connect(server.port());
             var other = LineClient.connect(server.port())) {
            one.sendRaw(V1).expect("hello");
            same.sendRaw(V1).expect("too many");
            other.sendRaw(V2).expect("hello");
            one.send("quit").expect("quit");
            one.expectClosed();
            awaitRoom(server);
        }
    }

    // The place is free once the socket is closed, a moment after the session ended.
    private static void awaitRoom(EchoServer server) throws IOException {
        String answer = "too many";
        while (answer.equals("too many")) {
            try (var again = LineClient.connect(server.port())) {
                answer = again.sendRaw(V1).readLine();
            }
        }
        assertEquals("hello", answer);
    }

    @Test
    void tlsBeginsRightBehindTheHeader(@TempDir Path folder) throws Exception {
        TestCertificate certificate = TestCertificate.in(folder);
        var settings = EchoServer.settings().withProxies(LOOPBACK).withImplicitTls(true);
        try (var loaded = certificate.load(); var server = new EchoServer(settings, new ConnectionLimits(100, 1), Optional.of(loaded));
             var socket = new PrefixedSocket(V1, server.port());
             Socket secure = certificate.trust().getSocketFactory().createSocket(socket, "localhost", server.port(), true)) {
            secure.setSoTimeout(15_000);
            assertEquals('h', secure.getInputStream().read());
            assertEquals("192.0.2.7", ((Connection) server.seen()).remote().getAddress().getHostAddress());
        }
    }

    /** Sends a header in one segment with the first octets that are written. */
    private static final class PrefixedSocket extends Socket {

        private final String header;

        PrefixedSocket(String header, int port) throws IOException {
            super(InetAddress.getLoopbackAddress(), port);
            this.header = header;
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            ByteArrayOutputStream first = new ByteArrayOutputStream();
            first.writeBytes(header.getBytes(StandardCharsets.ISO_8859_1));
            return new FilterOutputStream(super.getOutputStream()) {
                @Override
                public void write(byte[] octets, int offset, int length) throws IOException {
                    first.write(octets, offset, length);
                    out.write(first.toByteArray());
                    first.reset();
                }
            };
        }
    }

    // What is granted to this machine is not granted to the proxy's.
    @Test
    void nobodyComesFromLoopbackByAProxyOfAnotherMachine() {
        Endpoints socket = new Endpoints(new InetSocketAddress("192.0.2.1", 1000), new InetSocketAddress("192.0.2.2", 25));
        HAProxyMessage header = new HAProxyMessage(HAProxyProtocolVersion.V2, HAProxyCommand.PROXY, HAProxyProxiedProtocol.TCP4, "127.0.0.1", "127.0.0.1", 5, 25);
        assertEquals(socket, socket.behind(header));
        header.release();
    }
}
