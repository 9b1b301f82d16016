/**
 * Who may send what to whom: sender, relay and content rules.
 *
 * <p>Implements interfaces of org.postel.smtp.command; imports that, .session, .syntax, org.postel.mail and the address parser
 * of mime4j; no sockets, no backend. RFC 5321 §6.3 and §7, RFC 6409 §6 and §8.
 *
 * <p>Invariants: without a login nothing goes to a domain that is not ours, however the address is written (SAFETY row 8); a
 * login sends as its own addresses only (SAFETY row 10).
 */
package org.postel.smtp.policy;
