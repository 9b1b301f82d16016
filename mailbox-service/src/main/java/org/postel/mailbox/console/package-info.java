/**
 * The console: pages under {@code /admin} for accounts that administer something. Each does what the administrator's API does, with the same
 * operations, within the same scopes and domains, and with the same audit log.
 *
 * <p>May import {@code page}, {@code desk}, {@code authority}, {@code audit}, {@code directory}, {@code transit}, {@code zone} and {@code dkim};
 * no store and no HTTP but through {@code page}.
 *
 * <p>Invariants: whoever administers nothing is answered as if no page were there; nothing is changed but by a form of the session; what is
 * changed is in the audit log before it is done.
 */
package org.postel.mailbox.console;
