package org.postel.smtp.server;

import java.io.IOException;
import java.time.Duration;
import org.postel.smtp.command.ContentSource;
import org.postel.smtp.syntax.Reply;
import org.postel.wire.Connection;

/** Content from a connection, under a time limit and a least rate. */
final class SocketContent implements ContentSource {

    private final Connection connection;
    private final SessionSettings settings;
    private long waited;
    private long received;

    SocketContent(Connection connection, SessionSettings settings) {
        this.connection = connection;
        this.settings = settings;
    }

    @Override
    public void invite(Reply goAhead) throws IOException {
        connection.write(goAhead.toBytes());
        connection.flush();
    }

    // Only waiting for the client counts against its rate, not waiting for our own store.
    @Override
    public int read(byte[] into) throws IOException {
        long start = System.nanoTime();
        int count = connection.read(into, 0, into.length, settings.dataTimeout());
        received += count;
        waitedSince(start);
        return count;
    }

    /** Counts a wait for the client from a time on {@link System#nanoTime()} until now: between two chunks it is waited for too. */
    void waitedSince(long start) throws TooSlowException {
        waited += System.nanoTime() - start;
        long counted = Duration.ofNanos(waited).minus(settings.dataGrace()).toSeconds();
        if (counted > 0 && received / counted < settings.minDataRate()) {
            throw new TooSlowException();
        }
    }

    @Override
    public void unread(int count) {
        received -= count;
        connection.unread(count);
    }
}
