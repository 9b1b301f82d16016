/**
 * What speaks SMTP, IMAP and POP3 to a server under load: plain sockets, virtual threads, hardly any garbage, because it shares
 * the machine with the server. Imports nothing of Postel: it must not know whom it measures. Implements the client's side of
 * RFC 5321 §3, RFC 9051 §6, RFC 2177 and RFC 1939 as far as the figures need it.
 * Invariant: an answer that is not the expected one is an exception, so a figure never counts work that was not done.
 */
package org.postel.bench.load;
