package org.postel.smtp.trust;

import org.postel.smtp.command.Assessment;
import org.postel.smtp.command.Inspection;
import org.postel.smtp.syntax.ContentSink;

/**
 * Lets all through and has nothing to say.
 *
 * @param out where it goes
 */
public record Untouched(ContentSink out) implements Inspection {

    @Override
    public void accept(byte[] octets, int offset, int length) {
        out.accept(octets, offset, length);
    }

    @Override
    public void end() {
    }

    @Override
    public boolean starved() {
        return false;
    }

    @Override
    public Assessment assess() {
        return Assessment.NOTHING;
    }

    @Override
    public void close() {
    }
}
