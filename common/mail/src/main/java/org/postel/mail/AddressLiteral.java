package org.postel.mail;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Locale;
import java.util.regex.Pattern;
import org.postel.mail.AddressSyntaxException.Fault;

/**
 * An IP address in place of a domain: RFC 5321 §4.1.3. Tags other than {@code IPv6} are refused, as none is registered.
 *
 * @param address the address it names
 */
public record AddressLiteral(InetAddress address) implements Host {

    private static final String IPV6_TAG = "ipv6:";
    private static final int LONGEST = 60;
    // Snum = 1*3DIGIT, 0 to 255. A leading zero is refused: some read it as octal.
    private static final Pattern IPV4 = Pattern.compile("((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(?!$)|$)){4}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]{2,45}");

    /** Reads the text between the brackets. */
    public static AddressLiteral parse(String inside) throws AddressSyntaxException {
        if (inside.length() <= LONGEST && IPV4.matcher(inside).matches()) {
            return new AddressLiteral(Inet4Address.ofLiteral(inside));
        }
        if (inside.toLowerCase(Locale.ROOT).startsWith(IPV6_TAG)) {
            return ipv6(inside.substring(IPV6_TAG.length()));
        }
        throw new AddressSyntaxException(Fault.SYNTAX, "not an address literal");
    }

    private static AddressLiteral ipv6(String written) throws AddressSyntaxException {
        try {
            if (IPV6.matcher(written).matches()) {
                return new AddressLiteral(Inet6Address.ofLiteral(written));
            }
        } catch (IllegalArgumentException e) {
            throw new AddressSyntaxException(Fault.SYNTAX, "not an IPv6 address");
        }
        throw new AddressSyntaxException(Fault.SYNTAX, "not an IPv6 address");
    }

    @Override
    public String canonical() {
        return toString().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        String tag = address instanceof Inet6Address ? "IPv6:" : "";
        // A scope id such as %eth0 means nothing to another host.
        String text = address.getHostAddress().replaceFirst("%.*", "");
        return "[" + tag + text + "]";
    }
}
