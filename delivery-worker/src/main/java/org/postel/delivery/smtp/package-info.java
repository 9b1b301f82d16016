/**
 * The SMTP client that relays: one connection, one virtual thread, blocking sockets. Knows the protocol and nothing of queues
 * or DNS; imports nothing of Postel.
 *
 * <p>RFC 5321 (client side), RFC 2920 (PIPELINING), RFC 3030 (CHUNKING, BINARYMIME), RFC 1870 (SIZE), RFC 6152 (8BITMIME), RFC 6531
 * (SMTPUTF8), RFC 3207 (STARTTLS), RFC 7672 (DANE), RFC 2034 and 3463 (enhanced status codes), RFC 3461 (DSN).
 *
 * <p>Invariants: no bare CR or LF ever goes out but in binary content, and after DATA a dot at the start of a line is doubled (outbound
 * smuggling); the server gets the end of a message only when it has taken all that came before; what it sent in clear before the TLS
 * handshake is dropped; every wait has a limit, and the connection as a whole too.
 */
package org.postel.delivery.smtp;
