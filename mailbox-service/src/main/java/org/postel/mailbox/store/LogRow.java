package org.postel.mailbox.store;

import com.google.protobuf.ByteString;
import org.postel.mailbox.api.v1.Change;
import org.postel.mailbox.api.v1.MessageRow;

/** A row that a command appends to the log. */
sealed interface LogRow {

    /** Its MODSEQ. */
    long modseq();

    /** About how many octets it takes in a batch. */
    int weight();

    /**
     * A message by UID.
     *
     * @param link    names its link to the content
     * @param summary its MessageSummary; empty when too large to be stored
     */
    record Arrival(MessageRow message, ByteString link, ByteString summary) implements LogRow {

        @Override
        public long modseq() {
            return message.getModseq();
        }

        @Override
        public int weight() {
            return message.getSerializedSize() + link.size() + summary.size();
        }
    }

    /** A change by MODSEQ. */
    record Changed(Change change) implements LogRow {

        @Override
        public long modseq() {
            return change.getModseq();
        }

        @Override
        public int weight() {
            return change.getSerializedSize();
        }
    }
}
