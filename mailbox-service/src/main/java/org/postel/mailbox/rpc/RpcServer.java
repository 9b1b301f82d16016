package org.postel.mailbox.rpc;

import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.ServerInterceptor;
import io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Listens for calls; each runs on a virtual thread. */
public final class RpcServer implements AutoCloseable {

    private static final long OFTENEST_PROBE_SECONDS = 5;
    private static final int MOST_METADATA = 32 << 10;

    private final Server server;
    private final RpcSettings settings;

    /**
     * @param interceptors the outermost first
     */
    public RpcServer(RpcSettings settings, List<? extends BindableService> services, List<? extends ServerInterceptor> interceptors) {
        this.settings = settings;
        NettyServerBuilder builder = NettyServerBuilder.forAddress(new InetSocketAddress(settings.host(), settings.port()))
                .executor(Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("grpc-", 0).factory()))
                .maxInboundMessageSize(settings.maxMessageBytes())
                .maxInboundMetadataSize(MOST_METADATA)
                .maxConcurrentCallsPerConnection(settings.maxCallsPerConnection())
                .flowControlWindow(settings.streamWindow())
                .permitKeepAliveTime(OFTENEST_PROBE_SECONDS, TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(true);
        services.forEach(builder::addService);
        // gRPC asks the one that was added last first.
        interceptors.reversed().forEach(builder::intercept);
        this.server = builder.build();
    }

    /** Listens from now on. */
    public void start() throws IOException {
        server.start();
    }

    /** Where it listens. */
    public int port() {
        return server.getPort();
    }

    /** No new calls; those under way have the time of grace, then they end. */
    @Override
    public void close() {
        server.shutdown();
        try {
            if (!server.awaitTermination(settings.grace().toMillis(), TimeUnit.MILLISECONDS)) {
                server.shutdownNow();
                server.awaitTermination(1, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            server.shutdownNow();
        }
    }
}
