/**
 * Mail on its way: the journey of each message and an index of what is queued, made from what the queue's topics tell, and the
 * orders of an operator about it. See docs/adr/0008-queue-index.md.
 *
 * <p>May import {@code org.postel.queue}, {@code cassandra} and the exception of {@code storage}; the mail store never.
 *
 * <p>Invariants: nothing here is in the way of mail; what a trace did not tell is missing or stale and expires; a record leaves
 * {@code mail.dead} or {@code mail.held} only after the queue has acknowledged it elsewhere.
 */
package org.postel.mailbox.transit;
