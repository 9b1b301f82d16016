package org.postel.mailbox.store;

import org.postel.mailbox.api.MailboxState;

/**
 * What a command decides on.
 *
 * @param state  the folded state that is durable
 * @param header the header after the commands before it in the same round
 * @param recent the rows of late
 * @param arrived the messages of late, by id
 * @param limits what a mailbox may hold
 */
record Standing(MailboxState state, LogHeader header, RecentRows recent, ArrivedIds arrived, LogLimits limits) {

    Standing after(LogHeader next) {
        return new Standing(state, next, recent, arrived, limits);
    }
}
