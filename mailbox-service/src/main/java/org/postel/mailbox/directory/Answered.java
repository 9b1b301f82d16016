package org.postel.mailbox.directory;

import java.time.Duration;
import java.util.UUID;

/** Who has had an answer of an account whose owner is away, over all instances and workers. */
@FunctionalInterface
public interface Answered {

    /**
     * Whether an answer may go out; from then on no other mail of this sender gets one for the period.
     *
     * @param vacation which answer
     * @param sender   who would get it
     * @param queueId  of the mail that is answered: asked again for the same, the answer is the same
     */
    boolean first(UUID account, String vacation, String sender, UUID queueId, Duration period);
}
