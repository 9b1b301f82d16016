package org.postel.imap.server;

import org.postel.imap.syntax.Completion;
import org.postel.imap.syntax.LiteralHeader;

/** What came from the client as one unit. */
sealed interface Incoming {

    /** A whole command, not parsed yet. */
    record Whole(byte[] octets) implements Incoming {
    }

    /** An APPEND whose message is still on its way. */
    record Message(byte[] octets, LiteralHeader header) implements Incoming {
    }

    /** Nothing that could be a command; the place in the stream is kept. */
    record Refused(String tag, Completion reply) implements Incoming {
    }
}
