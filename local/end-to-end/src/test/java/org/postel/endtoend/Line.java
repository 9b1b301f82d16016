package org.postel.endtoend;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;

import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/** One connection to a server on loopback: lines and octets, in clear or under TLS with any certificate. */
final class Line implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 60_000;

    private Socket socket;
    private InputStream in;
    private OutputStream out;

    private Line(Socket socket) throws IOException {
        use(socket);
    }

    static Line connect(int port) throws IOException {
        return connect("127.0.0.1", port);
    }

    /** From this address of the loopback network. */
    static Line connect(String from, int port) throws IOException {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress(from, 0));
        socket.connect(new InetSocketAddress("127.0.0.1", port), TIMEOUT_MILLIS);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        return new Line(socket);
    }

    static Line connectTls(int port) throws IOException {
        Line line = connect(port);
        line.startTls();
        return line;
    }

    /** The handshake, at once. */
    void startTls() throws IOException {
        SSLSocket secured = (SSLSocket) anyCertificate().getSocketFactory().createSocket(socket, "127.0.0.1",
                socket.getPort(), true);
        secured.startHandshake();
        use(secured);
    }

    /** What both ends of this TLS 1.3 connection know and nobody else does: tls-exporter (RFC 9266). */
    byte[] channelBinding() throws IOException {
        return ((ExtendedSSLSession) ((SSLSocket) socket).getSession()).exportKeyingMaterialData("EXPORTER-Channel-Binding", new byte[0], 32);
    }

    /** What the server showed in the handshake. */
    X509Certificate certificate() throws IOException {
        return (X509Certificate) ((SSLSocket) socket).getSession().getPeerCertificates()[0];
    }

    /** Without its CRLF; octets as ISO 8859-1. */
    String readLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int octet = in.read();
        while (octet != '\n') {
            if (octet < 0) {
                throw new EOFException("The server hung up after: " + line.toString(StandardCharsets.ISO_8859_1));
            }
            line.write(octet);
            octet = in.read();
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    byte[] read(int count) throws IOException {
        byte[] octets = in.readNBytes(count);
        if (octets.length < count) {
            throw new EOFException("The server hung up within " + count + " octets");
        }
        return octets;
    }

    void writeLine(String line) throws IOException {
        write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    void write(byte[] octets) throws IOException {
        out.write(octets);
        out.flush();
    }

    /** How long a read waits; zero for ever. */
    void timeout(int millis) throws IOException {
        socket.setSoTimeout(millis);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void use(Socket next) throws IOException {
        socket = next;
        in = new BufferedInputStream(next.getInputStream(), 1 << 16);
        out = next.getOutputStream();
    }

    static SSLContext anyCertificate() throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new TrustAnybody()}, new SecureRandom());
            return context;
        } catch (GeneralSecurityException impossible) {
            throw new IOException(impossible);
        }
    }
}
