package org.postel.wire;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Addresses with the same first bits, as an operator writes them: {@code 192.0.2.0/24}, {@code 2001:db8::/32}, or one address
 * without a length.
 *
 * @param address one of them
 * @param bits    how many
 */
public record Network(InetAddress address, int bits) {

    // The JDK alone takes "10" for an address too, and a scope, which names an interface of one machine.
    private static final Pattern WRITTEN = Pattern.compile("(\\d+(?:\\.\\d+){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)(?:/(\\d{1,3}))?");

    /** @throws IllegalArgumentException when an address has not so many bits */
    public Network {
        if (bits < 0 || bits > address.getAddress().length * Byte.SIZE) {
            throw new IllegalArgumentException("no network: " + address.getHostAddress() + "/" + bits);
        }
    }

    /**
     * Reads one; never asks DNS. Configuration finds this method by its name.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static Network parse(CharSequence text) {
        Matcher parts = WRITTEN.matcher(text.toString().strip());
        if (!parts.matches()) {
            throw new IllegalArgumentException("no network: " + text);
        }
        InetAddress address = InetAddress.ofLiteral(parts.group(1));
        return new Network(address, parts.group(2) == null ? address.getAddress().length * Byte.SIZE : Integer.parseInt(parts.group(2)));
    }

    /** Never true of an address of the other family; an IPv4 address mapped into IPv6 is one of IPv4. */
    public boolean contains(InetAddress other) {
        byte[] mine = address.getAddress();
        byte[] theirs = other.getAddress();
        int whole = bits / Byte.SIZE;
        int rest = bits % Byte.SIZE;
        return mine.length == theirs.length
                && Arrays.equals(mine, 0, whole, theirs, 0, whole)
                && (rest == 0 || ((mine[whole] ^ theirs[whole]) & 0xff) >> (Byte.SIZE - rest) == 0);
    }

    @Override
    public String toString() {
        return address.getHostAddress() + "/" + bits;
    }
}
