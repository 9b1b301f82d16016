/**
 * The admin API: HTTP and JSON under {@code /api/v1}, errors as RFC 9457.
 *
 * <p>May import {@code directory}, {@code identity} and {@code transit}, and Jakarta REST; the store never.
 *
 * <p>Invariants: no path answers without a bearer token of an operator (RFC 6750), from the first second on; no password and
 * no hash is ever given out.
 */
package org.postel.mailbox.admin;
