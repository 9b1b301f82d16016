/**
 * Who may administer what: roles of accounts, tokens of the admin API, and what follows from both.
 *
 * <p>May import {@code directory}, {@code identity} and {@code cassandra}; no HTTP, no CDI.
 *
 * <p>Invariants: a token is never worth more than whoever it was made for is worth now; what is looked up here is as old as a session may
 * outlive a change, and never older; when nobody can say, nothing is allowed.
 */
package org.postel.mailbox.authority;
