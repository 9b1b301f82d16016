/**
 * The names of an account's mailboxes: one partition, changed as a whole by conditional batches. {@code TreeState} decides and
 * is pure; {@code TreeTable} reads and writes.
 *
 * <p>May import {@code storage}, {@code cassandra} and {@code store}. RFC 9051 §5.1 and §6.3.4 to §6.3.8, RFC 6154.
 *
 * <p>Invariants: names are NFC, without control characters, and never part of a path; INBOX is always there; a mailbox's log
 * is made before its name and marked as gone after it; UIDVALIDITY rises with each mailbox of an account, so a name that is
 * made again never has the old one.
 */
package org.postel.mailbox.tree;
