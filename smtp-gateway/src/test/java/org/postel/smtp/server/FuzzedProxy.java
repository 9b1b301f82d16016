package org.postel.smtp.server;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;

/** Makes up headers of the PROXY protocol, by §2.1 and §2.2 of HAProxy's proxy-protocol.txt or not quite. */
final class FuzzedProxy {

    private static final String SIGNATURE = "0D0A0D0A000D0A515549540A";
    private static final String[] CLIENTS = {"192.0.2.7", "127.0.0.1", "203.0.113.255", "2001:db8::7", "::1", "2001:db8:0:1:2:3:4:5"};
    // What is read otherwise than it says would be believed of somebody, so not an octet is answered.
    private static final String[] NO_HEADERS = {"EHLO client.example.org\r\n", "PROXY TCP4 192.0.2.7\r\n", "PROXY TCP4 192.0.2.7 198.51.100.1 70000 25\r\n",
        "PROXY TCP4 192.0.2.7 198.51.100.1 -1 25\r\n", "PROXY TCP5 192.0.2.7 198.51.100.1 51234 25\r\n", "proxy TCP4 192.0.2.7 198.51.100.1 51234 25\r\n",
        "PROXY TCP4 2001:db8::7 2001:db8::1 51234 25\r\n", "PROXY TCP6 192.0.2.7 198.51.100.1 51234 25\r\n", "PROXY TCP4 client.example.org 198.51.100.1 51234 25\r\n",
        "PROXY TCP4 192.0.2.256 198.51.100.1 51234 25\r\n", "PROXY TCP4 192.0.2.7 198.51.100.1 51234 25 1\r\n", "PROXY TCP4 " + "1".repeat(200)};
    private static final String[] NO_BINARY_HEADERS = {"3111000CC0000207C6336401C8220019", "2511000CC0000207C6336401C8220019", "2141000CC0000207C6336401C8220019",
        "2112000CC0000207C6336401C8220019", "2113000CC0000207C6336401C8220019", "2111000BC0000207C6336401C82200", "2121000CC0000207C6336401C8220019",
        "2111FFFFC0000207C6336401C8220019" + "04".repeat(3000)};
    private static final int MOST_CHANGES = 3;

    /**
     * One that is right.
     *
     * @param client whom it speaks of; the proxy, which is on loopback, where that is nobody else
     */
    record Header(String octets, InetAddress client) {
    }

    private final Random random;

    FuzzedProxy(Random random) {
        this.random = random;
    }

    Header header() {
        String client = pick(CLIENTS);
        boolean six = client.contains(":");
        InetAddress address = InetAddress.ofLiteral(client);
        return switch (random.nextInt(6)) {
            case 0 -> new Header("PROXY UNKNOWN" + pick("", " 192.0.2.7 198.51.100.1 1 2", " x") + "\r\n", InetAddress.getLoopbackAddress());
            case 1 -> new Header(binary(pick("2000", "2011", "2100", "2131"), "00".repeat(216)), InetAddress.getLoopbackAddress());
            case 2, 3 -> new Header("PROXY TCP" + (six ? "6 " + client + " 2001:db8::1 " : "4 " + client + " 198.51.100.1 ") + random.nextInt(65_536) + " 25\r\n", address);
            default -> new Header(binary(six ? "2121" : "2111", hex(address.getAddress()) + (six ? "20010DB8000000000000000000000001" : "C6336401") + "C8220019"), address);
        };
    }

    /** One that is none, and is answered by nothing. */
    String noHeader() {
        return random.nextBoolean() ? pick(NO_HEADERS) : octets(SIGNATURE + pick(NO_BINARY_HEADERS));
    }

    /** One that was right until some octets were changed, left out or put in, or its end cut off. */
    String changed() {
        StringBuilder octets = new StringBuilder(header().octets());
        for (int changes = 1 + random.nextInt(MOST_CHANGES); changes > 0; changes--) {
            int at = random.nextInt(octets.length());
            char octet = (char) random.nextInt(256);
            switch (random.nextInt(4)) {
                case 0 -> octets.insert(at, octet);
                case 1 -> octets.setCharAt(at, octet);
                case 2 -> octets.setCharAt(at, (char) (octets.charAt(at) ^ 1 << random.nextInt(8)));
                default -> octets.setLength(at + 1);
            }
        }
        return octets.toString();
    }

    // Commands and families; the addresses; and some extensions: type, length, value.
    private String binary(String kind, String addresses) {
        StringBuilder rest = new StringBuilder(addresses);
        for (int extensions = random.nextInt(4); extensions > 0; extensions--) {
            int length = random.nextInt(300);
            rest.append(pick("01", "02", "04", "05", "E0", "EF")).append("%04X".formatted(length)).append("41".repeat(length));
        }
        if (random.nextInt(4) == 0) {
            // Of a client that spoke TLS 1.3 to the proxy.
            rest.append("20000F").append("0100000000").append("210007").append(hex("TLSv1.3".getBytes(StandardCharsets.US_ASCII)));
        }
        return octets(SIGNATURE + kind + "%04X".formatted(rest.length() / 2) + rest);
    }

    private static String hex(byte[] octets) {
        return HexFormat.of().withUpperCase().formatHex(octets);
    }

    private static String octets(String hex) {
        return new String(HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1);
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
