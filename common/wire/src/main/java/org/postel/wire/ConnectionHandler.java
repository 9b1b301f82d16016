package org.postel.wire;

import java.io.IOException;

/** Serves one connection from greeting to end, on a virtual thread of its own. */
@FunctionalInterface
public interface ConnectionHandler {

    /** Returns when the session is over; the listener then closes the connection, counts and logs. */
    void serve(Connection connection) throws IOException;
}
