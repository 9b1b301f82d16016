/**
 * Who is who: domains, accounts, aliases, and who may log in.
 *
 * <p>May import {@code org.postel.mail}, {@code identity}, {@code password} and, only in
 * {@link org.postel.mailbox.directory.CassandraDirectory}, {@code cassandra} and the exception of {@code storage}. RFC 5321 §2.3.11, §4.5.1 (postmaster), RFC 5233 §1
 * (subaddressing), RFC 4616 (PLAIN).
 *
 * <p>Invariants: an address is given to one account or one alias, decided by a conditional write; an account's row is there
 * before its address; keys are canonical forms only; unknown user and wrong password are one answer and take one time.
 */
package org.postel.mailbox.directory;
