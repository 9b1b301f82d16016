/**
 * The admin API: HTTP and JSON under {@code /api/v1}, errors as RFC 9457.
 *
 * <p>May import {@code directory}, {@code authority}, {@code audit}, {@code identity} and {@code transit}, and Jakarta REST; the store never.
 *
 * <p>Invariants: no path answers without a bearer token (RFC 6750), from the first second on; each method says with {@code @Needs}
 * what its caller must have; what changes something is in the audit log before it is done; no password and no hash is ever given out.
 */
package org.postel.mailbox.admin;
