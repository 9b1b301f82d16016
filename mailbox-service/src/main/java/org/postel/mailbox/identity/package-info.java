/**
 * Who calls: service tokens (a JWT of the cluster or of the local launcher, RFC 7519) and session tokens (a JWT of ours that
 * opens one account). Which service may make which call stands in {@link org.postel.mailbox.identity.CallRules}.
 *
 * <p>May import SmallRye JWT and Caffeine and, only in {@link org.postel.mailbox.identity.StoredKeys}, {@code cassandra} and the
 * exception of {@code storage}.
 *
 * <p>Invariants: nothing is allowed that the table does not name; a token is good only with signature, issuer, audience and
 * end checked; no token and no key is logged.
 */
package org.postel.mailbox.identity;
