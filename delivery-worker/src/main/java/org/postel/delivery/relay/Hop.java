package org.postel.delivery.relay;

import java.net.InetSocketAddress;
import java.util.Locale;
import org.postel.delivery.smtp.TlsPolicy;

/**
 * A server to try, and how.
 *
 * @param name as DNS or the operator calls it
 * @param address where it listens
 * @param preference of its MX record: the least comes first (RFC 5321 §5.1)
 * @param tls what a connection to it must be like
 * @param fixed whether it is a next hop that the operator fixed, as a smarthost is
 */
public record Hop(String name, InetSocketAddress address, int preference, TlsPolicy tls, boolean fixed) {

    /** Of those that DNS names. */
    public Hop(String name, InetSocketAddress address, int preference, TlsPolicy tls) {
        this(name, address, preference, tls, false);
    }

    /** The name that limits are kept under, for all domains that have this server: with its port, in lower case, whichever of its addresses it is. */
    String server() {
        return name.toLowerCase(Locale.ROOT) + ":" + address.getPort();
    }

    @Override
    public String toString() {
        return name + " [" + address.getAddress().getHostAddress() + "]:" + address.getPort();
    }
}
