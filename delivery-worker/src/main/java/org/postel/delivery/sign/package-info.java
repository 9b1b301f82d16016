/**
 * What goes before mail that leaves for other domains: the signature of its author's domain (RFC 6376), or
 * what was found of a stranger's mail that is forwarded (RFC 8617).
 *
 * <p>Implements an interface of {@code route}. The private keys are elsewhere; see {@link org.postel.delivery.sign.SigningKeys}.
 *
 * <p>Invariants: mail of ours that can be signed never leaves unsigned because of trouble, it waits; nothing of a stranger is signed
 * as ours.
 */
package org.postel.delivery.sign;
