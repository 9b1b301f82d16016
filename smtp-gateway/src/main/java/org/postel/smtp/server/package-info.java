/**
 * The edge: configuration, listeners, the loop that serves a connection, metrics, health and drain.
 *
 * <p>The only package that knows Quarkus, Vert.x and connections; imports all others and is imported by none. RFC 5321 §3.1,
 * §3.8 and §4.5.3.2; RFC 2920 (pipelining); RFC 3207 §4.2.
 *
 * <p>Invariants: one place reads, dispatches, replies, counts and measures; replies are sent when no pipelined command waits;
 * octets that came before they could be asked for end the connection; a session ends with a reply, unless the peer is gone.
 */
package org.postel.smtp.server;
