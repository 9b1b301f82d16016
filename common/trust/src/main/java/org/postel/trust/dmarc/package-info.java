/**
 * Whether the author that a reader is shown vouches for a mail, and what that author's domain wants done when not: DMARC,
 * RFC 9989. What replaced RFC 7489 finds the domain that is responsible by walking up the DNS, without a list of public suffixes.
 *
 * <p>Invariants: a mail without just one author domain never passes (SAFETY row 28); of each domain eight names are asked for
 * (§4.10) and none twice.
 */
package org.postel.trust.dmarc;
