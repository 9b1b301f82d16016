/**
 * Tells the world that something was committed: topic {@code mailbox.events}, keyed by account.
 *
 * <p>May import the Kafka clients, the API's messages and the queue's topic names.
 *
 * <p>Invariants: a commit never waits for Kafka; what waits to be told is bounded, one event per mailbox, the newest; a lost
 * event costs a delay and never a wrong view, so nothing here is retried for ever.
 */
package org.postel.mailbox.events;
