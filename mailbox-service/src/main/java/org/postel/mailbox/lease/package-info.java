/**
 * The distributed locks: a row with a holder that lives for its TTL and a fencing token that lives for ever.
 *
 * <p>May import {@code cassandra} and the exception of {@code storage}.
 *
 * <p>Invariants: every write is conditional; the fencing token rises with each new holder and is never given twice; who did
 * not get the lease writes nothing that prolongs it; a holder stops its work when its own clock says that the TTL is over.
 */
package org.postel.mailbox.lease;
