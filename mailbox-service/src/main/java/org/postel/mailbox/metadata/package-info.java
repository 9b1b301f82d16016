/**
 * Annotations of mailboxes and accounts: RFC 5464. An account's are one partition of the table {@code mailbox_metadata}, changed by
 * conditional batches; its static columns count what is there, so limits hold whatever changes at the same time.
 *
 * <p>May import {@code storage} and {@code cassandra}.
 *
 * <p>Invariants: {@code /private/} entries stand in the partition of who wrote them, {@code /shared/} ones in that of the mailbox's
 * owner; no value and no partition is larger than its limit.
 */
package org.postel.mailbox.metadata;
