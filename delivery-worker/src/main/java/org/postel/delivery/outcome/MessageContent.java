package org.postel.delivery.outcome;

import java.io.IOException;
import java.io.InputStream;

/** The content of one message, wherever it is. */
public interface MessageContent {

    /** Octets. */
    long size();

    /**
     * All of it, from the start; may be opened again. The reader sets the pace.
     *
     * @throws IOException when it cannot be read now
     */
    InputStream open() throws IOException;

    /**
     * The first octets, enough for the header of every sane message.
     *
     * @param limit at most so many octets
     */
    byte[] head(int limit) throws IOException;
}
