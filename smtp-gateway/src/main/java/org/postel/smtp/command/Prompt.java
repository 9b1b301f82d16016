package org.postel.smtp.command;

import java.io.IOException;
import java.util.Optional;
import org.postel.smtp.syntax.Reply;

/** Asks the client something within a command. */
@FunctionalInterface
public interface Prompt {

    /** Sends the challenge and waits for the line that answers it; empty when that was no line: too long, or with a bare CR or LF. */
    Optional<byte[]> ask(Reply challenge) throws IOException;
}
