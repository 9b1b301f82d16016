package org.postel.mail.mime;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Where the octets of one message can be read from, at any place: an array, or chunks in a store. */
@FunctionalInterface
public interface ContentSource {

    /**
     * The octets {@code [offset, offset + length)}; ends early where the message ends. The caller closes the stream.
     *
     * @throws IOException when the store does not answer
     */
    InputStream open(long offset, long length) throws IOException;

    /** A message in memory. */
    static ContentSource of(byte[] message) {
        return (offset, length) -> new ByteArrayInputStream(message, (int) offset, (int) Math.min(length, message.length - offset));
    }
}
