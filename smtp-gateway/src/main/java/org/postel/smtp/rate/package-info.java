/**
 * How much one client may do, over all gateways.
 *
 * <p>Implements interfaces of org.postel.smtp.command and org.postel.wire; imports these and .syntax; no sockets, no backend.
 *
 * <p>Invariants: nothing here blocks, for it is asked on event loops; what is kept is bounded, whoever comes; what is not heard of
 * another gateway refuses nobody (SAFETY row 19).
 */
package org.postel.smtp.rate;
