package org.postel.mailbox.password;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/** What limits count as one client: an IPv4 address, or an IPv6 /64, which one client has to itself (RFC 6177). */
public final class ClientNetwork {

    private static final int IPV4_OCTETS = 4;
    private static final int PREFIX_OCTETS = 8;

    private ClientNetwork() {}

    /** Of an address; all that is none counts as one client. */
    public static String of(String clientAddress) {
        try {
            byte[] octets = InetAddress.ofLiteral(clientAddress).getAddress();
            return HexFormat.of().formatHex(octets.length == IPV4_OCTETS ? octets : Arrays.copyOf(octets, PREFIX_OCTETS));
        } catch (IllegalArgumentException e) {
            return "?";
        }
    }
}
