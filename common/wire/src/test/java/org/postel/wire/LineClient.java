package org.postel.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLSocket;

/** A blocking client for tests of line protocols. Text is ISO 8859-1, so that every octet can be written. */
public final class LineClient implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = (int) Patience.LONGEST.toMillis();
    private static final int RECEIVE_BUFFER = 8 * 1024;

    private Socket socket;
    private Optional<InputStream> inflated = Optional.empty();
    private Optional<OutputStream> deflated = Optional.empty();

    private LineClient(Socket socket) {
        this.socket = socket;
    }

    /** Connects to a port of this machine. */
    public static LineClient connect(int port) throws IOException {
        Socket socket = new Socket();
        // Small, so that a client that does not read is soon noticed.
        socket.setReceiveBufferSize(RECEIVE_BUFFER);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.setTcpNoDelay(true);
        return new LineClient(socket);
    }

    /** Connects with TLS from the first octet; offers these application protocols. */
    public static LineClient connectTls(int port, TestCertificate trusted, String... alpn) throws IOException {
        LineClient client = connect(port);
        client.startTls(trusted, alpn);
        return client;
    }

    /** Does the handshake; the command that asks for it was sent and answered before. */
    public void startTls(TestCertificate trusted, String... alpn) throws IOException {
        SSLSocket secure = (SSLSocket) trusted.trust().getSocketFactory()
                .createSocket(socket, "localhost", socket.getPort(), true);
        var parameters = secure.getSSLParameters();
        parameters.setApplicationProtocols(alpn);
        secure.setSSLParameters(parameters);
        secure.startHandshake();
        socket = secure;
    }

    /** Does the handshake and asks for a server by its name: RFC 6066 §3. */
    public void startTlsTo(String name, TestCertificate trusted) throws IOException {
        SSLSocket secure = (SSLSocket) trusted.trust().getSocketFactory().createSocket(socket, name, socket.getPort(), true);
        var parameters = secure.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(name)));
        secure.setSSLParameters(parameters);
        secure.startHandshake();
        socket = secure;
    }

    /** From here on both sides speak raw DEFLATE (RFC 4978); the command for it was sent and answered before. */
    public LineClient startCompression() throws IOException {
        inflated = Optional.of(new InflaterInputStream(socket.getInputStream(), new Inflater(true)));
        deflated = Optional.of(new DeflaterOutputStream(socket.getOutputStream(), new Deflater(Deflater.BEST_COMPRESSION, true), true));
        return this;
    }

    private InputStream in() throws IOException {
        return inflated.isPresent() ? inflated.get() : socket.getInputStream();
    }

    private OutputStream out() throws IOException {
        return deflated.isPresent() ? deflated.get() : socket.getOutputStream();
    }

    /** The socket, for what this class has no word for. */
    public Socket socket() {
        return socket;
    }

    /** Sends a line with its CRLF. */
    public LineClient send(String line) throws IOException {
        return sendRaw(line + "\r\n");
    }

    /** Sends exactly these characters, in one segment if they fit. */
    public LineClient sendRaw(String octets) throws IOException {
        out().write(octets.getBytes(StandardCharsets.ISO_8859_1));
        out().flush();
        return this;
    }

    /** The next line without its CRLF. */
    public String readLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        InputStream in = in();
        while (true) {
            int octet = in.read();
            if (octet < 0) {
                throw new IOException("connection closed after \"" + line.toString(StandardCharsets.ISO_8859_1) + "\"");
            }
            line.write(octet);
            String text = line.toString(StandardCharsets.ISO_8859_1);
            if (octet == '\n' && text.endsWith("\r\n")) {
                return text.substring(0, text.length() - 2);
            }
        }
    }

    /** Reads lines to one that is only a dot, which is left out; leading dots stay as sent. */
    public List<String> readToDot() throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = readLine(); !line.equals("."); line = readLine()) {
            lines.add(line);
        }
        return lines;
    }

    /** Reads a line that must begin so, and gives it. */
    public String expect(String start) throws IOException {
        String line = readLine();
        if (!line.startsWith(start)) {
            throw new AssertionError("expected a line that begins with \"" + start + "\", got \"" + line + "\"");
        }
        return line;
    }

    /** Reads a line that must match as a whole, and gives it. */
    public String expectMatch(String regex) throws IOException {
        String line = readLine();
        if (!Pattern.matches(regex, line)) {
            throw new AssertionError("expected a line that matches \"" + regex + "\", got \"" + line + "\"");
        }
        return line;
    }

    /** Reads on to the end; fails when the server sends more instead. A reset counts as an end. */
    public void expectClosed() throws IOException {
        int octet;
        try {
            octet = in().read();
        } catch (java.net.SocketTimeoutException waiting) {
            throw new AssertionError("expected the connection to be closed, it is open", waiting);
        } catch (IOException reset) {
            return;
        }
        if (octet >= 0) {
            throw new AssertionError("expected the connection to be closed, got \"" + (char) octet + readLine() + "\"");
        }
    }

    /** Sends octets to a server that may have closed by then, and expects that it has said nothing. */
    public void expectClosedAfter(String octets) throws IOException {
        try {
            sendRaw(octets);
        } catch (IOException reset) {
            return;
        }
        expectClosed();
    }

    /** Sends no more, still reads. */
    public void shutdownOutput() throws IOException {
        socket.shutdownOutput();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
