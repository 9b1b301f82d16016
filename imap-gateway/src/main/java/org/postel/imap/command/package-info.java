/**
 * What each verb does, one file per verb under its own name, and the interfaces that verbs ask: {@link
 * org.postel.imap.command.Accounts}, {@link org.postel.imap.command.Mail}, {@link org.postel.imap.command.News}.
 *
 * <p>May import {@code session}, {@code syntax}, the connection of {@code org.postel.wire} and the messages of
 * {@code org.postel.mailbox.api}; no gRPC, no Kafka, no framework. RFC 3501 §6 with the RFCs named at each verb.
 *
 * <p>Invariants: a verb runs only after {@link org.postel.imap.session.Legality} let it pass; each ends in one tagged reply and
 * leaves the stream at the start of the next command, or ends the connection; a literal is announced only when its octets are
 * at hand or are being read; one chunk of a message is in memory, and whole messages only within {@link
 * org.postel.imap.command.SharedMemory}, which has a limit.
 */
package org.postel.imap.command;
