package org.postel.mailbox.api;

import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.ChannelOption;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** One pod of mailbox-service and the one connection to it. */
final class Pod {

    private static final long AVOID_NANOS = Duration.ofSeconds(5).toNanos();
    private static final long RECONNECT_NANOS = Duration.ofMillis(500).toNanos();

    private final String name;
    private final ManagedChannel channel;
    private final AtomicLong avoidUntil = new AtomicLong(System.nanoTime());
    private final AtomicLong reconnectAt = new AtomicLong(System.nanoTime());

    Pod(InetSocketAddress address, MailboxClientSettings settings) {
        this.name = address.getAddress().getHostAddress() + ":" + address.getPort();
        // Listeners only hand over to the waiting thread, so they may run where the octets arrive.
        this.channel = NettyChannelBuilder.forAddress(address)
                .usePlaintext()
                .directExecutor()
                .withOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(settings.connectTimeout().toMillis()))
                .keepAliveTime(settings.keepAlive().toMillis(), TimeUnit.MILLISECONDS)
                .keepAliveTimeout(settings.keepAliveTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .keepAliveWithoutCalls(true)
                .flowControlWindow(settings.streamWindow())
                .maxInboundMessageSize(settings.maxMessageBytes())
                .build();
    }

    String name() {
        return name;
    }

    /** The connection; a broken one is tried anew now, not when gRPC's growing back-off (up to two minutes) ends. */
    ManagedChannel channel() {
        long due = reconnectAt.get();
        long now = System.nanoTime();
        if (channel.getState(false) == ConnectivityState.TRANSIENT_FAILURE && now - due >= 0
                && reconnectAt.compareAndSet(due, now + RECONNECT_NANOS)) {
            channel.resetConnectBackoff();
        }
        return channel;
    }

    /** It did not answer: others are asked first for a while. */
    void failed() {
        avoidUntil.set(System.nanoTime() + AVOID_NANOS);
    }

    boolean avoided() {
        return System.nanoTime() - avoidUntil.get() < 0;
    }

    /** Calls under way may finish; no new one starts. */
    void retire() {
        channel.shutdown();
    }

    void close() {
        channel.shutdownNow();
    }
}
