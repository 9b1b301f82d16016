package org.postel.smtp.filter;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A connection to a scanner, each step of it under a time limit. For one thread, a virtual one. */
final class ServiceConnection implements AutoCloseable {

    // Channels that block know no time limit of their own; one thread closes those whose time is over.
    private static final ScheduledExecutorService ALARM = alarm();

    private final ServiceAddress address;
    private final SocketChannel channel;
    private final Duration limit;

    private ServiceConnection(ServiceAddress address, SocketChannel channel, Duration limit) {
        this.address = address;
        this.channel = channel;
        this.limit = limit;
    }

    /** @param limit of connecting, of each write and of the answer */
    static ServiceConnection open(ServiceAddress address, Duration limit) throws IOException {
        var target = address.resolve();
        ServiceConnection opened = new ServiceConnection(address,
            target instanceof UnixDomainSocketAddress ? SocketChannel.open(StandardProtocolFamily.UNIX) : SocketChannel.open(), limit);
        try {
            opened.within(() -> opened.channel.connect(target));
            return opened;
        } catch (IOException e) {
            opened.close();
            throw e;
        } catch (UnresolvedAddressException e) {
            opened.close();
            throw new IOException(address + " has no address", e);
        }
    }

    void write(ByteBuffer... buffers) throws IOException {
        within(() -> {
            long left = 0;
            for (ByteBuffer buffer : buffers) {
                left += buffer.remaining();
            }
            while (left > 0) {
                left -= channel.write(buffers);
            }
            return left;
        });
    }

    /**
     * Reads until it is whole, or the other side ends.
     *
     * @param most octets that are taken
     */
    byte[] read(int most, Predicate<byte[]> whole) throws IOException {
        return within(() -> {
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            ByteBuffer block = ByteBuffer.allocate(4096);
            while (!whole.test(answer.toByteArray()) && channel.read(block.clear()) >= 0) {
                answer.write(block.array(), 0, block.position());
                if (answer.size() > most) {
                    throw new IOException(address + " answers more than " + most + " octets");
                }
            }
            return answer.toByteArray();
        });
    }

    @FunctionalInterface
    private interface Step<T> {
        T take() throws IOException;
    }

    private <T> T within(Step<T> step) throws IOException {
        var alarm = ALARM.schedule(this::close, limit.toMillis(), TimeUnit.MILLISECONDS);
        try {
            return step.take();
        } catch (IOException e) {
            throw alarm.isDone() ? new IOException(address + " took more than " + limit, e) : e;
        } finally {
            alarm.cancel(false);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // It is of no use any more, and there is nobody to tell.
            return;
        }
    }

    /** Forgets what was cancelled at once: each write has a deadline, and nearly none comes true. */
    private static ScheduledExecutorService alarm() {
        var alarm = new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name("scanner-deadlines").factory());
        alarm.setRemoveOnCancelPolicy(true);
        return alarm;
    }
}
