/**
 * A mailbox is a log (DESIGN §3): header and rows in one partition, every change one conditional batch that moves the header
 * and appends rows. {@code Command.decide} is pure; {@link org.postel.mailbox.api.MailboxState} is folded from the rows, live
 * and on load; {@code CommitQueue} commits together what waits for one mailbox.
 *
 * <p>May import {@code storage}, {@code cassandra} and {@code content}. RFC 9051 §2.3.1.1 (UIDs), RFC 7162 §3.1 (MODSEQ).
 *
 * <p>Invariants: a row is written only with the header that it leads to; MODSEQs are given without gaps, one to each row, so
 * that a reader sees by counting that none is missing; an unknown outcome is learned by a serial read, never guessed; a
 * mailbox's state is changed only by rows that are durable; no lock is held while a caller's consumer runs.
 */
package org.postel.mailbox.store;
