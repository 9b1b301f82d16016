/**
 * Puts the service together: configuration, beans, health, start and drain. The only package that knows CDI and Quarkus.
 *
 * <p>May import everything of this service; nothing imports it.
 *
 * <p>Invariants: the process comes up without Cassandra and Kafka and waits for them, not ready, and takes no calls before
 * Cassandra answered once; on the way out it is unready first, then ends its calls, then its connections.
 */
package org.postel.mailbox.server;
