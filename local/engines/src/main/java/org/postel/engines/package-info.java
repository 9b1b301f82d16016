/**
 * Real Kafka and real Cassandra, and any other Java program, as child processes of a test or of the local launcher.
 *
 * <p>May import the JDK only: the children bring class paths of their own. Invariants: every child listens on loopback only;
 * no child outlives its parent, however the parent dies (see {@link org.postel.engines.Tether}); a child is ready when it
 * answered its own protocol, never because time went by.
 */
package org.postel.engines;
