package org.postel.trust.spf;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Addresses with the same first bits.
 *
 * @param address one of them
 * @param bits    how many
 */
record Network(InetAddress address, int bits) {

    /** Octets of an IPv6 address. */
    private static final int WIDE = 16;

    /** ip4-network of RFC 7208 §5.6; the JDK alone takes shorter forms too. */
    static InetAddress ip4(String text) throws SpfFaultException {
        if (!text.matches("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(?:\\.(?!$)|$)){4}")) {
            throw new SpfFaultException("no IPv4 address: " + text);
        }
        return InetAddress.ofLiteral(text);
    }

    /** ip6-network of RFC 7208 §5.6, no scope. */
    static InetAddress ip6(String text) throws SpfFaultException {
        try {
            if (text.indexOf(':') >= 0 && text.matches("[0-9A-Fa-f:.]+")) {
                return wide(InetAddress.ofLiteral(text));
            }
        } catch (IllegalArgumentException | UnknownHostException ignored) {
            // Falls through to the fault.
        }
        throw new SpfFaultException("no IPv6 address: " + text);
    }

    // The JDK makes an IPv4 address of ::ffff:192.0.2.1, and of such a client too: as a network of IPv6 it has nobody in it.
    private static InetAddress wide(InetAddress address) throws UnknownHostException {
        byte[] octets = address.getAddress();
        if (octets.length == WIDE) {
            return address;
        }
        byte[] mapped = new byte[WIDE];
        mapped[10] = (byte) 0xff;
        mapped[11] = (byte) 0xff;
        System.arraycopy(octets, 0, mapped, WIDE - octets.length, octets.length);
        return Inet6Address.getByAddress(null, mapped, -1);
    }

    /** Never true of an address of the other family. */
    boolean contains(InetAddress other) {
        byte[] mine = address.getAddress();
        byte[] theirs = other.getAddress();
        if (mine.length != theirs.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            if (((mine[bit / 8] ^ theirs[bit / 8]) & (0x80 >> bit % 8)) != 0) {
                return false;
            }
        }
        return true;
    }
}
