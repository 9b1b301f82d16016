package org.postel.mailbox.api;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/**
 * A {@code host:port} as configured; an IPv6 address stands in brackets.
 *
 * @param host a name or an address
 * @param port 1 to 65535
 */
record PodName(String host, int port) {

    static PodName parse(String written) {
        int colon = written.lastIndexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("not host:port: " + written);
        }
        String host = written.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        try {
            int port = Integer.parseInt(written.substring(colon + 1));
            if (port < 1 || port > 65_535) {
                throw new IllegalArgumentException("port out of range: " + written);
            }
            return new PodName(host, port);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("not host:port: " + written, e);
        }
    }

    /** Every address the name stands for now. */
    List<InetSocketAddress> resolve() throws UnknownHostException {
        return Arrays.stream(InetAddress.getAllByName(host)).map(address -> new InetSocketAddress(address, port)).toList();
    }
}
