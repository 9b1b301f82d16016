package org.postel.delivery.relay;

import java.time.Duration;

/**
 * How long a connection stays open for further messages to its server.
 *
 * @param messages over one connection at most; 1: each has its own
 * @param idle how long it waits for the next one
 */
public record Reuse(int messages, Duration idle) {
}
