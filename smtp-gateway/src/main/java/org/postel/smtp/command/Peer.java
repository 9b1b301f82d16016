package org.postel.smtp.command;

import java.net.InetAddress;

/**
 * Who is at the other end.
 *
 * @param address     where it connects from
 * @param tlsSecurity the TLS version and cipher, such as {@code TLSv1.3, TLS_AES_128_GCM_SHA256}; empty in clear
 */
public record Peer(InetAddress address, String tlsSecurity) {

    /** Whether TLS is on. */
    public boolean tls() {
        return !tlsSecurity.isEmpty();
    }
}
