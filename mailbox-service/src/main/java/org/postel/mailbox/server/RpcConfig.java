package org.postel.mailbox.server;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.postel.mailbox.rpc.RpcSettings;

/** The gRPC server that the gateways and the worker call. */
@ConfigMapping(prefix = "postel.mailbox.grpc")
public interface RpcConfig {

    /** The address to listen on. */
    @WithDefault("127.0.0.1")
    String host();

    /** The port to listen on; 0 for any free one. */
    @WithDefault("9090")
    int port();

    /** The largest single message that is received; content travels in small pieces. */
    @WithDefault("4M")
    MemorySize maxMessageSize();

    /** The most octets of one stream that are received ahead of its reader. */
    @WithDefault("256K")
    MemorySize streamWindow();

    /** Calls under way on one gateway's connection. */
    @WithDefault("2000")
    int maxCallsPerConnection();

    /** The longest a stream may stand still, because its reader takes nothing or its sender sends nothing. */
    @WithDefault("5m")
    Duration stallTimeout();

    /** How long calls under way may take once the process is to end. */
    @WithDefault("10s")
    Duration grace();

    /** As the rpc package takes it. */
    default RpcSettings settings() {
        return new RpcSettings(host(), port(), Math.toIntExact(maxMessageSize().asLongValue()),
                Math.toIntExact(streamWindow().asLongValue()), maxCallsPerConnection(), stallTimeout(), grace());
    }
}
