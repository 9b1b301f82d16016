/**
 * Where an IMAP session stands (RFC 3501 §3) and what its client knows of the selected mailbox (§2.3.1, §7.3, §7.4.1).
 *
 * <p>May import {@code syntax}, the folded mailbox of {@code org.postel.mailbox.api} and its messages. No I/O.
 *
 * <p>Invariants: a message number means the same message to both sides until an EXPUNGE was sent, and none is sent while FETCH,
 * STORE or SEARCH answers; the client is told of a flag change that it did not ask to be silent about; every pair of state and
 * command is decided in {@link org.postel.imap.session.Legality}.
 */
package org.postel.imap.session;
