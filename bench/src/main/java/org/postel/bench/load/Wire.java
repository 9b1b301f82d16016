package org.postel.bench.load;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** One connection to a server on the loopback interface. For one thread. */
public final class Wire implements AutoCloseable {

    /** Longest wait for an answer; a server that needs more has failed. */
    public static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Socket socket;
    private final OutputStream out;
    private final LineReader lines;

    private Wire(Socket socket) throws IOException {
        this.socket = socket;
        this.out = socket.getOutputStream();
        this.lines = new LineReader(socket.getInputStream());
    }

    /**
     * Connects.
     *
     * @param port of the server
     * @param source which of the machine's loopback addresses is the client's, from 1: servers limit connections of one address
     */
    public static Wire connect(int port, int source) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.bind(new InetSocketAddress(loopback(source), 0));
            socket.connect(new InetSocketAddress(loopback(1), port), (int) PATIENCE.toMillis());
            socket.setSoTimeout((int) PATIENCE.toMillis());
            return new Wire(socket);
        } catch (IOException failed) {
            socket.close();
            throw failed;
        }
    }

    private static InetAddress loopback(int last) throws IOException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
    }

    /** What the server says. */
    public LineReader lines() {
        return lines;
    }

    /** Sends a line and its end, at once. */
    public void writeLine(String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    /** Sends octets, at once. */
    public void write(byte[] octets, int count) throws IOException {
        out.write(octets, 0, count);
    }

    /** How long a read waits from now on. */
    public void patience(Duration limit) throws IOException {
        socket.setSoTimeout((int) limit.toMillis());
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
