/**
 * How much one client may do, over all gateways of a kind.
 *
 * <p>May import connections of {@code wire} and the client of {@code mailbox-api}; it knows no protocol, no socket and no broker: whoever
 * tells of clients by other means than {@link org.postel.clients.ClientExchange} has it call {@link org.postel.clients.ClientRates}.
 *
 * <p>Invariants: counting never blocks, for it is done on event loops; what is kept is bounded, whoever comes; what is not heard of another
 * gateway refuses nobody (SAFETY row 19).
 */
package org.postel.clients;
