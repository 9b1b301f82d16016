/**
 * The edge: configuration, listeners, the loop that serves a connection, metrics, health and drain.
 *
 * <p>The only package that knows Quarkus and Vert.x; imports all others and is imported by none. RFC 3501 §2.2, §5.4, §5.5
 * and §7.1.5; RFC 7888 (literals); RFC 3501 §6.2.1 (what STARTTLS does to the connection).
 *
 * <p>Invariants: one place reads, dispatches, replies, counts and measures; replies are sent when no pipelined command waits;
 * a connection ends with BYE, unless the peer is gone or a literal was cut short.
 */
package org.postel.imap.server;
