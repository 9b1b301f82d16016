package org.postel.endtoend;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Clients that want to keep a server busy and have no mail. One that is thrown out comes again after a moment. */
final class HostileClients implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
    private static final Duration BEFORE_THE_NEXT = Duration.ofMillis(200);
    private static final Duration BETWEEN_OCTETS = Duration.ofMillis(100);
    private static final int MOST_GARBAGE = 400;
    /** The beginning of a TLS record that announces a ClientHello of 512 octets (RFC 8446 §5.1). */
    private static final byte[] HELLO = {22, 3, 1, 2, 0, 1};

    private final Random random;
    private final List<Thread> threads = new ArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile boolean over;

    /** What one of them does. */
    private enum Manner {
        /** Half a command, then nothing. */
        HALF_OPEN,
        /** Half a handshake, then nothing. */
        HALF_A_HANDSHAKE,
        /** A command that goes on and on, octet by octet. */
        SLOW,
        /** Octets of any kind, and lines of them. */
        GARBAGE
    }

    /** @param random says which does what */
    HostileClients(Random random) {
        this.random = random;
    }

    /** That many more, of each manner the same number. */
    void attack(int port, int tlsPort, String command, int count) {
        for (int i = 0; i < count; i++) {
            Manner manner = Manner.values()[i % Manner.values().length];
            Random own = new Random(random.nextLong());
            int to = manner == Manner.HALF_A_HANDSHAKE ? tlsPort : port;
            threads.add(Thread.ofVirtual().start(() -> attackUntilOver(manner, to, command, own)));
        }
    }

    /** Waits until that many are connected. */
    void await(int count) {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (open.size() < count) {
            if (System.nanoTime() > end) {
                throw new AssertionError(open.size() + " hostile clients instead of " + count);
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    /** How often one of them connected. */
    int connections() {
        return connections.get();
    }

    private void attackUntilOver(Manner manner, int port, String command, Random own) {
        while (!over) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress("127.0.0.1", port));
                connections.incrementAndGet();
                open.add(socket);
                if (over) {
                    return;
                }
                attack(manner, socket, command.getBytes(StandardCharsets.US_ASCII), own);
            } catch (IOException thrownOut) {
                // As it should be.
                LockSupport.parkNanos(BEFORE_THE_NEXT.toNanos());
            } finally {
                open.removeIf(Socket::isClosed);
            }
        }
    }

    private void attack(Manner manner, Socket socket, byte[] command, Random own) throws IOException {
        OutputStream out = socket.getOutputStream();
        switch (manner) {
            case HALF_OPEN -> {
                out.write(command, 0, command.length / 2);
                readToTheEnd(socket);
            }
            case HALF_A_HANDSHAKE -> {
                out.write(HELLO);
                readToTheEnd(socket);
            }
            case SLOW -> {
                for (int i = 0; !over; i++) {
                    out.write(command[i % command.length]);
                    LockSupport.parkNanos(BETWEEN_OCTETS.toNanos());
                }
            }
            case GARBAGE -> {
                while (!over) {
                    byte[] garbage = new byte[1 + own.nextInt(MOST_GARBAGE)];
                    own.nextBytes(garbage);
                    out.write(garbage);
                    out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
                    LockSupport.parkNanos(BETWEEN_OCTETS.toNanos());
                }
            }
        }
    }

    private static void readToTheEnd(Socket socket) throws IOException {
        socket.getInputStream().skip(Long.MAX_VALUE);
        throw new IOException("hung up on");
    }

    @Override
    public void close() throws IOException {
        over = true;
        for (Socket socket : open) {
            socket.close();
        }
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
