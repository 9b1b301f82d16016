/**
 * Checking passwords: Argon2id (RFC 9106), how many at once, how often wrong.
 *
 * <p>May import Bouncy Castle and Caffeine; nothing else of this service.
 *
 * <p>Invariants: no password is kept or logged; the first check of a password always costs a whole Argon2id; an unknown user
 * costs the same; secrets are compared in constant time; memory in use is bounded by how many are computed at once.
 */
package org.postel.mailbox.password;
