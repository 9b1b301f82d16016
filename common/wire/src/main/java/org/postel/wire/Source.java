package org.postel.wire;

import io.netty.buffer.ByteBuf;
import java.io.IOException;

/** Where the octets of a connection come from: its socket, or a DEFLATE stream on it. Used by the connection's thread. */
interface Source {

    /** Octets that came and were not read yet. */
    boolean hasInput();

    /**
     * The octets at hand, or the next to come: at least one. What is read of them is gone for the next call.
     *
     * @param betweenCommands nothing of a command has been read, so a drain ends the wait
     */
    ByteBuf segment(long deadline, boolean betweenCommands) throws IOException;

    /** Steps back within the segment read last. */
    void unread(int count);

    /** As {@link Connection#await} says. */
    Connection.Signal await(long deadline) throws IOException;
}
