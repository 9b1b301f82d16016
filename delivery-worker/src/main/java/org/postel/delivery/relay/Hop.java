package org.postel.delivery.relay;

import java.net.InetSocketAddress;

/**
 * A server to try.
 *
 * @param name as DNS or the operator calls it
 * @param address where it listens
 */
public record Hop(String name, InetSocketAddress address) {

    @Override
    public String toString() {
        return name + " [" + address.getAddress().getHostAddress() + "]:" + address.getPort();
    }
}
