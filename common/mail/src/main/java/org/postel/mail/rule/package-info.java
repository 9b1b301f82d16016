/**
 * Rules by which an account's owner has mail filed, flagged, sent on or thrown away: what RFC 5228 (Sieve) can say with RFC 3894 (copy) and
 * RFC 5232 (imap4flags), as types instead of a script.
 *
 * <p>Imports {@code mime} and nothing else of Postel; no I/O.
 *
 * <p>Invariants: what rules say of a message depends on its header and size only, so it is the same each time; any header is judged in bounded
 * time; what cannot be judged is kept where it came (RFC 5228 §2.10.2).
 */
package org.postel.mail.rule;
