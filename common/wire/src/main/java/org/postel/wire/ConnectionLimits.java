package org.postel.wire;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * How many connections may be open: in all and for one client address. One object serves all listeners of a process that
 * share the limit.
 */
public final class ConnectionLimits {

    // One customer gets a /64 or more (RFC 6177 §2): counting single IPv6 addresses would limit nobody.
    private static final int IPV6_PREFIX_BYTES = 8;

    private final int most;
    private final int mostPerAddress;
    private final Admission admission;
    private final Map<InetAddress, Integer> perAddress = new HashMap<>();
    private int open;

    /**
     * @param most           the most open connections
     * @param mostPerAddress the most of one IPv4 address or one IPv6 /64 network
     */
    public ConnectionLimits(int most, int mostPerAddress) {
        this(most, mostPerAddress, Admission.ANYBODY);
    }

    /** @param admission asked beside them */
    public ConnectionLimits(int most, int mostPerAddress, Admission admission) {
        this.most = most;
        this.mostPerAddress = mostPerAddress;
        this.admission = admission;
    }

    synchronized boolean admit(InetAddress client) {
        InetAddress counted = network(client);
        int held = perAddress.getOrDefault(counted, 0);
        if (open >= most || held >= mostPerAddress || !admission.admits(client, counted, held + 1)) {
            return false;
        }
        perAddress.put(counted, held + 1);
        open++;
        return true;
    }

    synchronized void release(InetAddress client) {
        InetAddress counted = network(client);
        Integer left = perAddress.computeIfPresent(counted, (address, held) -> held == 1 ? null : held - 1);
        admission.left(counted, left == null ? 0 : left);
        open--;
    }

    /** Under which a client counts: itself, or the /64 network of its IPv6 address. */
    public static InetAddress network(InetAddress client) {
        if (!(client instanceof Inet6Address)) {
            return client;
        }
        byte[] network = client.getAddress();
        Arrays.fill(network, IPV6_PREFIX_BYTES, network.length, (byte) 0);
        try {
            return InetAddress.getByAddress(network);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("16 octets are an address", e);
        }
    }
}
