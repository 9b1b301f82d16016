package org.postel.imap.command;

/**
 * What the sessions of a process keep together.
 *
 * @param appended messages of APPEND on their way
 * @param left     mailboxes that were left
 * @param ahead    messages that will be asked for
 * @param known    what was told of messages
 */
public record SharedMemory(MessageMemory appended, LeftMailboxes left, ReadAhead ahead, KnownSummaries known) {
}
