package org.postel.delivery.vacation;

import com.google.protobuf.ByteString;
import org.postel.delivery.route.Absence;
import org.postel.queue.v1.QueuedMessage;

/** Remembers, for all workers, who has had an answer. */
@FunctionalInterface
public interface AnsweredSenders {

    /** Whether the sender of this mail gets an answer; false where nobody can say. Asked again for the same mail it says the same. */
    boolean first(ByteString account, Absence absence, QueuedMessage message);
}
