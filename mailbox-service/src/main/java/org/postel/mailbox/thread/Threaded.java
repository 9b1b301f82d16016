package org.postel.mailbox.thread;

import java.util.List;

/**
 * What threading asks of a message. Messages are named by their places in a list that is in the order of the mailbox.
 *
 * @param sent       milliseconds since the epoch, or when it arrived if there is no date (RFC 5256 §2.2)
 * @param arrived    milliseconds since the epoch
 * @param subject    the base subject as it is compared; empty for none
 * @param isReply    whether the subject has a mark of a reply or a forward
 * @param id         of the message; empty for none
 * @param references ids of those before it, the oldest first
 */
public record Threaded(long sent, long arrived, String subject, boolean isReply, String id, List<String> references) {

    public Threaded {
        references = List.copyOf(references);
    }

    /** The same with other references. */
    public Threaded with(List<String> others) {
        return new Threaded(sent, arrived, subject, isReply, id, others);
    }
}
