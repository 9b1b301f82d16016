/**
 * What other domains say about TLS to their mail servers: MTA-STS. Implements {@code relay.DomainPolicies}; asks DNS through
 * {@code relay.MailExchangers}, and is the only package that speaks HTTP. What was fetched is kept outside of the process, by who
 * implements {@code KeptPolicies}.
 *
 * <p>RFC 8461.
 *
 * <p>Invariants: a policy that still counts is never forgotten because its domain does not answer (SAFETY row 6); one domain
 * costs one fetch at a time, and after a failure one in five minutes; no mail goes by a policy that was fetched before keeping it was
 * tried, so that a worker that is started then knows it.
 */
package org.postel.delivery.sts;
