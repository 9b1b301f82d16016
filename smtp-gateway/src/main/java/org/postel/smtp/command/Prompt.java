package org.postel.smtp.command;

import java.io.IOException;
import org.postel.smtp.syntax.Reply;

/** Asks the client something within a command. */
@FunctionalInterface
public interface Prompt {

    /** Sends the challenge and waits for the line that answers it. */
    byte[] ask(Reply challenge) throws IOException;
}
