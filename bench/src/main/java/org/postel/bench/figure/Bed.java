package org.postel.bench.figure;

import java.io.IOException;

import org.postel.bench.load.Prose;
import org.postel.bench.stack.MailStack;

/**
 * A server with what every figure needs of it.
 *
 * @param stack the server
 * @param inboxes a session for each account
 * @param prose what bodies are made of
 */
public record Bed(MailStack stack, Inboxes inboxes, Prose prose) implements AutoCloseable {

    /** Logs in to all accounts. */
    public static Bed of(MailStack stack, Prose prose) throws IOException {
        return new Bed(stack, Inboxes.open(stack), prose);
    }

    @Override
    public void close() throws IOException {
        inboxes.close();
    }
}
