/**
 * What an account's owner can see of log-ins and sessions: when, from where, with what. Nothing else goes by it.
 *
 * <p>Imports {@code identity}, {@code storage} and {@code cassandra}.
 *
 * <p>Invariants: no log-in and no call waits for a note; while the database is slow, or somebody guesses at many names, notes are lost. An
 * account has a bounded number of rows in a day, whatever addresses an attacker has.
 */
package org.postel.mailbox.seen;
