/**
 * What the gateways share: listeners, connections as straight-line code sees them, TLS, limits, drain and metrics.
 *
 * <p>Knows Vert.x, Netty and Micrometer; knows no protocol and no other package of ours. Line ends: RFC 5321 §2.3.8;
 * STARTTLS: RFC 3207 §4.2, RFC 2595 §4; ALPN: RFC 7301 §3.2; least TLS version: RFC 8314 §4.1.
 *
 * <p>Invariants: an event loop never waits. One virtual thread serves one connection and is the only reader of its input.
 * Input is bounded by stopping the socket, output by waiting for the socket; an idle connection holds no buffer. What came
 * in clear is never read after TLS was turned on. A drain ends the wait between two commands and no other.
 */
package org.postel.wire;
