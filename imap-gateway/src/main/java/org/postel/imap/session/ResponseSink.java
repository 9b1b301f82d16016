package org.postel.imap.session;

import java.io.IOException;

/** Takes responses one at a time; waits while the client does not read. */
@FunctionalInterface
public interface ResponseSink {

    void accept(byte[] octets) throws IOException;
}
