package org.postel.wire;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.postel.wire.sasl.ChannelBinding;

/**
 * One client's connection, as the straight-line code of a protocol sees it. Everything but {@link #wake()} is called by the
 * one virtual thread that serves the connection; a call that waits blocks that thread only.
 *
 * <p>Every way a connection can end is an {@link IOException}, one type each: {@link PeerGoneException},
 * {@link IdleTimeoutException}, {@link WriteTimeoutException}, {@link DrainingException}; {@link #startTls()} adds
 * {@link TlsFailedException} and {@link PlaintextInjectionException}, and {@link #startCompression}
 * {@link CompressionBrokenException}. Output that was not flushed is handed to the socket before a read waits.
 */
public interface Connection {

    /**
     * The next line without its CRLF.
     *
     * @param limit the most octets the line may have without its CRLF
     * @throws LineTooLongException when it has more; the line has been skipped to its end, so the next read is in step
     * @throws BareLineEndException when it ends in a bare LF or carries a bare CR (RFC 5321 §2.3.8); it has been skipped too
     * @throws IdleTimeoutException when no whole line came within {@code timeout}
     * @throws DrainingException    when the process is draining and no octet of the line has come
     */
    byte[] readLine(int limit, Duration timeout) throws IOException;

    /**
     * The next line of a command under way, as {@link #readLine} reads it, but no drain ends the wait: the client may have
     * sent most of the command already, or been asked for this line.
     */
    byte[] readContinuation(int limit, Duration timeout) throws IOException;

    /**
     * At least one octet, at most {@code length}; blocks until there is one, also while the process is draining.
     *
     * @return how many were read
     */
    int read(byte[] into, int offset, int length, Duration timeout) throws IOException;

    /**
     * Puts back the last octets of the last {@link #read}: content ended within them, and what follows is the next command.
     *
     * @param count at most what that read returned
     */
    default void unread(int count) {
        throw new UnsupportedOperationException("unread");
    }

    /** Octets received and not read yet: nothing is sent out while a pipelined command waits. */
    boolean hasInput();

    /** Waits for input, for {@link #wake()} or for the timeout, whichever is first; reads nothing. */
    Signal await(Duration timeout) throws IOException;

    /**
     * Lets the client wait; what was written goes out first.
     *
     * @param time zero for not at all
     */
    default void pause(Duration time) throws IOException {
        if (!time.isPositive()) {
            return;
        }
        flush();
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    /** Why {@link #await} returned. */
    enum Signal { INPUT, WOKEN, TIMEOUT, DRAINING }

    /** Makes a running or the next {@link #await} return {@link Signal#WOKEN}. Any thread may call it, and it never waits. */
    void wake();

    /** Appends to the output; hands it to the socket when the buffer is full, and waits while the peer does not read. */
    void write(byte[] octets, int offset, int length) throws IOException;

    /** Appends octets to the output. */
    default void write(byte[] octets) throws IOException {
        write(octets, 0, octets.length);
    }

    /** Hands all output to the socket; waits while the socket takes none, up to the configured write timeout. */
    void flush() throws IOException;

    /**
     * Flushes, then turns TLS on. What the peer sent in clear after its STARTTLS is not carried over: if there is any, the
     * connection ends (RFC 3207 §4.2, CVE-2011-0411). Write the go-ahead and do not flush it before: it goes out in the same
     * moment as TLS is turned on, so that a quick client's handshake is not taken for such octets.
     */
    void startTls() throws IOException;

    /**
     * Turns DEFLATE on in both directions (RFC 1951, raw), between the protocol and TLS, for the rest of the connection. What the
     * peer sent after the command for it is part of its stream.
     *
     * @param goAhead the reply, sent last without it
     * @return false when too many connections are compressed: nothing is sent and nothing has changed
     */
    default boolean startCompression(Compression compression, byte[] goAhead) throws IOException {
        throw new UnsupportedOperationException("DEFLATE");
    }

    /** Whether {@link #startCompression} was done. */
    default boolean compressed() {
        return false;
    }

    /**
     * From here on output is compressed without regard to what was written before: how long it becomes tells nothing about that
     * (SAFETY row 31). {@link #flush()} does the same.
     */
    default void separate() throws IOException {
    }

    /** Whether TLS is on. */
    boolean tls();

    /** The TLS version and cipher, such as {@code TLSv1.3, TLS_AES_128_GCM_SHA256}, both as Java names them; empty in clear. */
    String tlsDescription();

    /** What a log-in can be bound to on this connection (RFC 5056 §2); empty in clear. */
    default List<ChannelBinding> channelBindings() {
        return List.of();
    }

    /** The client's address: from the PROXY header when a trusted peer sent one, else the socket's. */
    InetSocketAddress remote();

    /** The address and port the client reached. */
    InetSocketAddress local();

    /** Whether the process is on its way out: finish what runs, then say so and close. */
    boolean draining();

    /** Names the connection in the log; unique in this process. */
    String id();

    /** Flushes what it can and closes. May be called twice. */
    void close();
}
