package org.postel.delivery.smtp;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLSocket;

/** A connection to a server: commands out, replies in, both under the {@link Deadline}. */
final class SmtpConnection implements AutoCloseable {

    private static final int LONGEST_COMMAND = 4096;
    private static final int BLOCK = 16 * 1024;

    private final Socket tcp;
    private final Deadline deadline;
    private Socket socket;
    private ReplyReader replies;
    private OutputStream out;
    private boolean closing;

    private SmtpConnection(Socket tcp, Deadline deadline) throws IOException {
        this.tcp = tcp;
        this.deadline = deadline;
        use(tcp);
    }

    static SmtpConnection open(InetSocketAddress server, ClientIdentity us, SmtpTimeouts timeouts, Opening opening) throws IOException {
        Socket tcp = new Socket();
        Deadline deadline = new Deadline(tcp, timeouts.total(), opening);
        try {
            tcp.setTcpNoDelay(true);
            Optional<InetAddress> source = us.source(server.getAddress());
            if (source.isPresent()) {
                tcp.bind(new InetSocketAddress(source.get(), 0));
            }
            tcp.connect(server, (int) timeouts.connect().toMillis());
            return new SmtpConnection(tcp, deadline);
        } catch (IOException e) {
            deadline.close();
            tcp.close();
            throw e;
        }
    }

    Reply read(Duration limit) throws IOException {
        deadline.within(limit);
        try {
            Reply reply = replies.read();
            closing |= reply.code() == 421;
            return reply;
        } catch (IOException e) {
            throw deadline.expired() ? new ConnectionLostException("no answer within " + limit.toSeconds() + " s") : e;
        }
    }

    /** Another message: the time for it counts from now on. */
    void restart(Opening opening) {
        deadline.restart(opening);
    }

    /**
     * The server decided, or content goes to it now: from here on it has the RFC's time.
     *
     * @throws ConnectionLostException when the time for the opening was over before
     */
    void opened() throws ConnectionLostException {
        if (!deadline.opened()) {
            throw new ConnectionLostException("the server did not come to the content in time");
        }
    }

    /** Whether the server said that it is about to close: RFC 5321 §3.8. */
    boolean closing() {
        return closing;
    }

    /** Whether the server said nothing that it was not asked. */
    boolean quiet() {
        try {
            return !replies.hasMore() && socket.getInputStream().available() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** Puts a command into the buffer. */
    void send(String command) throws IOException {
        // An address with a line end in it would be a command of its own.
        if (command.length() > LONGEST_COMMAND || command.chars().anyMatch(c -> c == '\r' || c == '\n' || c == 0)) {
            throw new IllegalArgumentException("not a command line");
        }
        out.write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    Reply ask(String command, Duration limit) throws IOException {
        send(command);
        flush(limit);
        return read(limit);
    }

    void flush(Duration limit) throws IOException {
        deadline.within(limit);
        out.flush();
    }

    void content(InputStream content, long size, Duration perBlock) throws IOException {
        try {
            new ContentWriter(out, () -> deadline.within(perBlock)).write(content, size);
        } catch (IOException e) {
            throw deadline.expired() ? new ConnectionLostException("the content was not taken in time") : e;
        }
    }

    /** Sends octets as they are. */
    void octets(byte[] octets, int length, Duration perBlock) throws IOException {
        try {
            for (int from = 0; from < length; from += BLOCK) {
                deadline.within(perBlock);
                out.write(octets, from, Math.min(BLOCK, length - from));
            }
            flush(perBlock);
        } catch (IOException e) {
            throw deadline.expired() ? new ConnectionLostException("the content was not taken in time") : e;
        }
    }

    /**
     * RFC 3207 §4. A server that sent more than its 220 in clear is hung up on: nothing of it may count as said under TLS,
     * and no honest server does it.
     */
    void startTls(String host, TlsPolicy policy, Duration limit) throws IOException {
        if (replies.hasMore()) {
            throw new ProtocolException("the server talked on in clear after it agreed to TLS");
        }
        deadline.within(limit);
        try {
            SSLSocket tls = (SSLSocket) ServerTrust.context(policy, host).getSocketFactory()
                    .createSocket(tcp, policy.nameOf(host), tcp.getPort(), true);
            tls.setEnabledProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
            tls.startHandshake();
            use(tls);
        } catch (IOException e) {
            throw new TlsException("no TLS: " + reason(e), e);
        }
    }

    /** What was wrong with the certificate, where that was it: Java's own words are about paths. */
    private static String reason(IOException failure) {
        return failure.getCause() instanceof CertificateException found ? found.getMessage() : failure.getMessage();
    }

    boolean encrypted() {
        return socket != tcp;
    }

    /** The TLS version and cipher as Java names them, such as {@code TLSv1.3, TLS_AES_256_GCM_SHA384}; empty in clear. */
    String tlsSecurity() {
        return socket instanceof SSLSocket tls ? tls.getSession().getProtocol() + ", " + tls.getSession().getCipherSuite() : "";
    }

    @Override
    public void close() {
        deadline.close();
        try {
            tcp.close();
        } catch (IOException e) {
            org.jboss.logging.Logger.getLogger(SmtpConnection.class).debugf("closing: %s", e.getMessage());
        }
    }

    private void use(Socket next) throws IOException {
        socket = next;
        replies = new ReplyReader(next.getInputStream());
        out = new BufferedOutputStream(next.getOutputStream(), 16 * 1024);
    }
}
