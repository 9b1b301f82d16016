package org.postel.mailbox.store;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Optional;

/**
 * Something that is asked of one mailbox.
 *
 * @param <R> what is answered once it is durable
 */
sealed interface Command<R> permits Arrive, StoreFlags, Expunge, Replace, ClaimRecent, RaiseFence, Remove {

    /** Which messages that are there its decision looks at: two commands of one round must not look at the same. */
    Footprint footprint();

    /** What two commands of one round must not have in common besides: the message that is to come only once. */
    default Optional<ByteString> identity() {
        return Optional.empty();
    }

    /** Whether it may wait for others to share its commit: nobody looks at a screen meanwhile. */
    default boolean patient() {
        return false;
    }

    /** About how many octets its rows will take. */
    int weight();

    /** How many rows it will append at most. */
    int rows();

    /**
     * Decides, without any effect. The rows take the MODSEQs and UIDs that follow the header's.
     *
     * @throws org.postel.mailbox.storage.StoreException when it is refused
     */
    Decision<R> decide(Standing now);

    /**
     * @param rows   to append, in order of MODSEQ
     * @param header where they lead
     * @param answer for the one who asked
     */
    record Decision<R>(List<LogRow> rows, LogHeader header, R answer) {}
}
