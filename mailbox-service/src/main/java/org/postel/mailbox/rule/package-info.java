/**
 * Keeps the rules of accounts (RFC 5228 as far as {@link org.postel.mail.rule} has it), and says what they say of a message.
 *
 * <p>Imports {@code directory}, {@code storage} and {@code cassandra}; rules are judged by {@code org.postel.mail.rule}.
 *
 * <p>Invariants: a message is judged by the rules that were in force when it was accepted, however often and whenever it is delivered, so it is
 * filed alike each time; rules that cannot be read as such keep mail where it came, and never lose it.
 */
package org.postel.mailbox.rule;
