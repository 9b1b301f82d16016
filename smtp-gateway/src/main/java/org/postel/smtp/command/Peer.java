package org.postel.smtp.command;

import java.net.InetAddress;

/**
 * Who is at the other end.
 *
 * @param address where it connects from
 * @param tls     whether TLS is on
 */
public record Peer(InetAddress address, boolean tls) {
}
