package org.postel.smtp.filter;

import java.io.IOException;
import java.util.OptionalLong;
import org.postel.smtp.command.Assessment;
import org.postel.smtp.command.Peer;
import org.postel.smtp.session.SmtpState.Addressing;

/** A program that looks at whole messages. */
public interface Scanner {

    /**
     * Begins with a message.
     *
     * @param size octets, when all have come
     */
    Scan open(Addressing envelope, Peer peer, OptionalLong size) throws IOException;

    /** A message under way to it. */
    interface Scan extends AutoCloseable {

        /** Hands on the next octets; waits while it takes none, up to a limit. */
        void write(byte[] octets, int offset, int length) throws IOException;

        /** There are no more: what it has found. */
        Assessment finish() throws IOException;

        @Override
        void close();
    }
}
