/**
 * The server's side of SCRAM-SHA-256 and SCRAM-SHA-256-PLUS (RFC 5802, RFC 7677): the messages of the client, what is kept of a
 * password, and the check of a proof.
 *
 * <p>May import OnGres SCRAM, which computes and prepares; nothing else of this service.
 *
 * <p>Invariants: neither StoredKey nor ServerKey leaves this process; nothing is remembered between two messages, what must be known
 * again travels under a MAC; a proof is compared in constant time; a name that is nobody's gets a salt that is always the same.
 */
package org.postel.mailbox.scram;
