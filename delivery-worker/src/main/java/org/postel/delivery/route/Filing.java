package org.postel.delivery.route;

import com.google.protobuf.ByteString;
import java.util.List;

/**
 * What an account's rules say of a message.
 *
 * @param copy      what becomes of the account's own copy
 * @param mailbox   where it is kept; empty for INBOX
 * @param mailboxId of that mailbox, which may have another name by now; empty: by name
 * @param flags     that it gets
 * @param forwards  where the message goes on to
 * @param said      for the trace; empty: nothing
 */
public record Filing(Copy copy, String mailbox, ByteString mailboxId, List<String> flags, List<String> forwards, String said) {

    /** Of an account without rules. */
    public static final Filing PLAIN = new Filing(Copy.KEPT, "", ByteString.EMPTY, List.of(), List.of(), "");

    /** What becomes of the account's own copy. */
    public enum Copy {
        /** It stays. */
        KEPT,
        /** It stays only where nobody could be told that what went on did not arrive. */
        SENT_ON,
        /** It is thrown away. */
        DISCARDED
    }

    public Filing {
        flags = List.copyOf(flags);
        forwards = List.copyOf(forwards);
    }
}
