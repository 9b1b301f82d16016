package org.postel.smtp.command;

/** A message's octets, from its first trace line on: they travel with the message, or wait in the content store. */
public sealed interface Content {

    /** How many. */
    long size();

    /** With the message. */
    record Inline(byte[] octets) implements Content {
        @Override
        public long size() {
            return octets.length;
        }
    }

    /** In the content store, under the message's queue id. */
    record Claimed(long size) implements Content {
    }
}
