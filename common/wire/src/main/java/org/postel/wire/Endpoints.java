package org.postel.wire;

import io.netty.channel.Channel;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyProxiedProtocol.AddressFamily;
import io.netty.handler.codec.haproxy.HAProxyProxiedProtocol.TransportProtocol;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * The two ends of a connection.
 *
 * @param remote the client
 * @param local  what it reached
 */
record Endpoints(InetSocketAddress remote, InetSocketAddress local) {

    /** Those of the socket. */
    static Endpoints of(Channel channel) {
        return new Endpoints((InetSocketAddress) channel.remoteAddress(), (InetSocketAddress) channel.localAddress());
    }

    /**
     * Those a proxy at the remote end tells of. It speaks for itself when it says LOCAL or names no address of the network.
     *
     * @throws IllegalArgumentException when it tells of no connection
     */
    Endpoints behind(HAProxyMessage header) {
        var protocol = header.proxiedProtocol();
        boolean named = protocol.addressFamily() == AddressFamily.AF_IPv4 || protocol.addressFamily() == AddressFamily.AF_IPv6;
        if (header.command() == HAProxyCommand.LOCAL || !named) {
            return this;
        }
        if (protocol.transportProtocol() != TransportProtocol.STREAM) {
            throw new IllegalArgumentException("PROXY header of " + protocol);
        }
        InetSocketAddress client = new InetSocketAddress(InetAddress.ofLiteral(header.sourceAddress()), header.sourcePort());
        // The proxy's own machine is not this one: what is granted on loopback is not its.
        return client.getAddress().isLoopbackAddress() && !remote.getAddress().isLoopbackAddress() ? this
                : new Endpoints(client, new InetSocketAddress(InetAddress.ofLiteral(header.destinationAddress()), header.destinationPort()));
    }
}
