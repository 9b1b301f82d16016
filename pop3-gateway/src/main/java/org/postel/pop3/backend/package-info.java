/**
 * Adapters of the interfaces that {@code command} owns to mailbox-service. The only package that knows its API.
 *
 * <p>Imports {@code command}, {@code session} and the mailbox API. Invariants: a maildrop's lease is renewed from the moment
 * it is taken until it is given back (RFC 1939 §4); deletion always names the lease.
 */
package org.postel.pop3.backend;
