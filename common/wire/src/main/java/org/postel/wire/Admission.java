package org.postel.wire;

import java.net.InetAddress;

/** A word on each connection beside this process's own limits. Asked on an event loop and under a lock: it never blocks. */
public interface Admission {

    /** Nothing to say. */
    Admission ANYBODY = new Admission() {
        @Override
        public boolean admits(InetAddress client, InetAddress network, int open) {
            return true;
        }

        @Override
        public void left(InetAddress network, int open) {
            // Nobody counted it.
        }
    };

    /**
     * Whether one more may be open; if so, it is.
     *
     * @param client its own address, by which it may be known
     * @param network under which it counts: an IPv4 address, or the first address of an IPv6 /64
     * @param open how many the network has here, with this one
     */
    boolean admits(InetAddress client, InetAddress network, int open);

    /** One of the network was closed; {@code open} are left here. */
    void left(InetAddress network, int open);
}
