/**
 * What the verbs ask, answered by mailbox-service over gRPC and by the topic {@code mailbox.events}.
 *
 * <p>Implements the interfaces of {@code command}; the only package that knows the mailbox client and Kafka.
 *
 * <p>Invariants: a lost event costs a delay, never a wrong view; passwords and tokens reach no log.
 */
package org.postel.imap.backend;
