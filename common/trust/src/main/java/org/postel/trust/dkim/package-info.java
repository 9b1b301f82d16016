/**
 * Who signed a mail: DKIM, RFC 6376 with RFC 8301 (no SHA-1, no short keys) and RFC 8463 (Ed25519); and signing for our own domains.
 *
 * <p>Ours and not apache-jdkim: that one (0.5) knows neither Ed25519 nor a least key length, lets any number of signatures ask, and
 * takes the header as a tree of mime4j. What would be left of it is canonicalisation, which is here three small classes that run
 * over the body as it comes and hold nothing of it.
 *
 * <p>Invariants: of a message at most {@link org.postel.trust.dkim.DkimVerifier#MOST_SIGNATURES} signatures cost anything; a
 * signature that does not cover the whole body is never a pass (SAFETY row 27).
 */
package org.postel.trust.dkim;
