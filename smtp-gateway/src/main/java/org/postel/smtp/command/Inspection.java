package org.postel.smtp.command;

import org.postel.smtp.syntax.ContentSink;

/** One message that is being looked at. May block the session's thread. */
public interface Inspection extends ContentSink, AutoCloseable {

    /** There is no more content: what is still held goes on. */
    void end();

    /** Whether there was no room for it: then nothing of it goes on. */
    boolean starved();

    /** What was found; asked once, after the end, and only of a message that is not refused for something else. */
    Assessment assess();

    /** Gives back what memory is held. */
    @Override
    void close();
}
