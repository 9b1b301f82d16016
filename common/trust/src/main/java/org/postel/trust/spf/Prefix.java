package org.postel.trust.spf;

/**
 * How many bits of an address count: dual-cidr-length, RFC 7208 §5.6.
 *
 * @param ip4 of an IPv4 address, 0 to 32
 * @param ip6 of an IPv6 address, 0 to 128
 */
record Prefix(int ip4, int ip6) {

    static final int IP4_BITS = 32;
    static final int IP6_BITS = 128;

    // "/" ("0" / %x31-39 0*1DIGIT), and the like with two digits for IPv6
    static int bits(String digits, int most) throws SpfFaultException {
        boolean number = digits.matches("0|[1-9]\\d{0,2}");
        if (!number || Integer.parseInt(digits) > most) {
            throw new SpfFaultException("no length of a prefix: " + digits);
        }
        return Integer.parseInt(digits);
    }
}
