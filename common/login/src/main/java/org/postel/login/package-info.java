/**
 * Log-ins of the gateways: what a SASL mechanism (RFC 4422) asks, and how mailbox-service answers.
 *
 * <p>May import the mechanisms of {@code wire} and the client of {@code mailbox-api}; it knows no protocol and no socket.
 *
 * <p>Invariants: a failure of mailbox-service is UNAVAILABLE, never a refusal; nothing is decided here, and nothing that a client
 * shows is logged.
 */
package org.postel.login;
