/**
 * Puts the mail store together: the one place that knows all its packages.
 *
 * <p>May import every package of the store, and no other of the service.
 *
 * <p>Invariant: nothing here waits or asks the database before a call comes, so the service starts while Cassandra is down.
 */
package org.postel.mailbox.setup;
