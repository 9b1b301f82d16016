/**
 * How much accounts, and the domains they belong to, may send: messages and recipients in an hour and in a day, counted over
 * all gateways. One row for each account and domain, changed by conditional writes; no counter columns.
 *
 * <p>Invariants: no more is granted than the limits allow, whatever runs at once; gateways are granted a little in advance, so that
 * not every message costs a write; what they do not use counts as sent.
 *
 * <p>And what delivery-workers found out about other domains and share: addresses that do not exist, and MTA-STS policies (RFC 8461).
 * Their rows have a time to live.
 */
package org.postel.mailbox.sending;
