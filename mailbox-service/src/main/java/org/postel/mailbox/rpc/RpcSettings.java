package org.postel.mailbox.rpc;

import java.time.Duration;

/**
 * How the gRPC server listens.
 *
 * @param host                   the address to listen on
 * @param port                   0 for any free one
 * @param maxMessageBytes        the largest single message that is received
 * @param streamWindow           the most octets of one stream that are received ahead of its reader
 * @param maxCallsPerConnection  calls under way on one connection
 * @param stallTimeout           the longest a stream may stand still before it is given up
 * @param grace                  how long calls under way may take once the process is to end
 */
public record RpcSettings(String host, int port, int maxMessageBytes, int streamWindow, int maxCallsPerConnection,
                          Duration stallTimeout, Duration grace) {

    private static final int SMALLEST_WINDOW = 65_535;

    public RpcSettings {
        if (port < 0 || port > 65_535 || maxCallsPerConnection < 1) {
            throw new IllegalArgumentException("port and max-calls-per-connection");
        }
        if (maxMessageBytes < SMALLEST_WINDOW || streamWindow < SMALLEST_WINDOW) {
            throw new IllegalArgumentException("max-message-bytes and stream-window are at least " + SMALLEST_WINDOW);
        }
        if (!stallTimeout.isPositive() || grace.isNegative()) {
            throw new IllegalArgumentException("stall-timeout and grace must be above zero");
        }
    }
}
