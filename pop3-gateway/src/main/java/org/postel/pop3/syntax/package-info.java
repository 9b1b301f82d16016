/**
 * POP3 on the wire: octets to commands (RFC 1939 §3-7 and §9, RFC 2449 §5, RFC 2595 §4, RFC 5034 §4) and replies to octets.
 *
 * <p>Imports nothing of ours. Invariants: a line that is no command is a value, not an exception; nothing a client sent is
 * ever part of a reply.
 */
package org.postel.pop3.syntax;
