/**
 * The way to Cassandra: session, migrations, prepared statements, conditional writes whose outcome may be unknown.
 *
 * <p>May import the driver and {@code storage} (for its exception); no other package of the service.
 *
 * <p>Invariants: reads are LOCAL_QUORUM or, to learn an outcome, LOCAL_SERIAL; conditional writes are never repeated by the
 * driver; the schema changes only under the schema lease.
 */
package org.postel.mailbox.cassandra;
