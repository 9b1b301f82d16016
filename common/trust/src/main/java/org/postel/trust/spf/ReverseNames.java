package org.postel.trust.spf;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.postel.trust.dns.Dns;
import org.postel.trust.dns.DnsTroubleException;

/**
 * The names of an address that lead back to it.
 *
 * @param asked     how many names the address has
 * @param validated those that lead back, in lower case without a dot at the end
 */
public record ReverseNames(int asked, List<String> validated) {

    // RFC 7208 §4.6.4: what is over is ignored.
    private static final int MOST_NAMES = 10;

    /**
     * Asks for them: RFC 7208 §5.5. Trouble with one name leaves that name out.
     *
     * @throws DnsTroubleException when the address itself cannot be asked for
     */
    public static ReverseNames of(InetAddress address, Dns dns) throws DnsTroubleException {
        Dns.Family family = family(address);
        List<String> names = dns.names(address);
        List<String> validated = new ArrayList<>();
        for (String name : names.subList(0, Math.min(names.size(), MOST_NAMES))) {
            if (leadsBack(name, address, family, dns)) {
                validated.add(withoutFinalDot(name.toLowerCase(Locale.ROOT)));
            }
        }
        return new ReverseNames(names.size(), List.copyOf(validated));
    }

    private static boolean leadsBack(String name, InetAddress address, Dns.Family family, Dns dns) {
        try {
            return dns.addresses(name, family).contains(address);
        } catch (DnsTroubleException e) {
            return false;
        }
    }

    static String withoutFinalDot(String name) {
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    static Dns.Family family(InetAddress address) {
        return address instanceof Inet4Address ? Dns.Family.IP4 : Dns.Family.IP6;
    }
}
