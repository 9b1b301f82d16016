/**
 * What administrators did: each act is written down before it is begun, and its outcome after. May import {@code cassandra} and nothing else
 * of ours.
 *
 * <p>Invariants: an act that cannot be written down is not begun; no password and no secret is ever handed to this package.
 */
package org.postel.mailbox.audit;
