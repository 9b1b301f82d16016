package org.postel.mailbox.search;

import org.postel.mailbox.store.MailboxReader;
import org.postel.mailbox.store.SummaryReader;

/** Where a search finds what it asks of messages, the cheap before the dear. */
public record SearchSources(MailboxReader reader, SummaryReader summaries, TextIndex index, ContentScan contents) {
}
