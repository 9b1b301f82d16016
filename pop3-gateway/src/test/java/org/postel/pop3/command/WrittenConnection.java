package org.postel.pop3.command;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.postel.wire.Connection;
import org.postel.wire.PeerGoneException;

/** A connection that only remembers what was written. */
final class WrittenConnection implements Connection {

    final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @Override
    public byte[] readLine(int limit, Duration timeout) throws IOException {
        throw new PeerGoneException("nobody there");
    }

    @Override
    public byte[] readContinuation(int limit, Duration timeout) throws IOException {
        throw new PeerGoneException("nobody there");
    }

    @Override
    public int read(byte[] into, int offset, int length, Duration timeout) throws IOException {
        throw new PeerGoneException("nobody there");
    }

    @Override
    public boolean hasInput() {
        return false;
    }

    @Override
    public Signal await(Duration timeout) throws IOException {
        throw new PeerGoneException("nobody there");
    }

    @Override
    public void wake() {
        written.size();
    }

    @Override
    public void write(byte[] octets, int offset, int length) {
        written.write(octets, offset, length);
    }

    @Override
    public void flush() {
        written.size();
    }

    @Override
    public void startTls() {
        throw new IllegalStateException("no TLS");
    }

    @Override
    public boolean tls() {
        return false;
    }

    @Override
    public String tlsDescription() {
        return "";
    }

    @Override
    public InetSocketAddress remote() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
    }

    @Override
    public InetSocketAddress local() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 2);
    }

    @Override
    public boolean draining() {
        return false;
    }

    @Override
    public String id() {
        return "test";
    }

    @Override
    public void close() {
        written.size();
    }
}
