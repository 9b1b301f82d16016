/**
 * Mailboxes of one account that others may use: RFC 4314. Which name of an account leads to another's mailbox, and what it may do there.
 *
 * <p>May import {@code storage}. Everything a session does with a mailbox passes here first: one's own passes without a read.
 *
 * <p>Invariants: what an account may not look up is told apart from what is not there by nothing; a right is asked of the tree of the
 * mailbox's owner, never of what a gateway says; the owner has all rights, whatever the list says.
 */
package org.postel.mailbox.sharing;
