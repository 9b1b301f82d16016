/**
 * What clients do at the gateways, as those tell each other through us.
 *
 * <p>Invariants: all of it is in memory, bounded and worth seconds; whoever tells of clients is told of those of its own kind alone.
 */
package org.postel.mailbox.clients;
