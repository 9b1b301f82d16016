package org.postel.smtp.filter;

import org.postel.smtp.command.Assessment;
import org.postel.smtp.command.Inspection;

/** An inspection behind another one: does what that does, unless told otherwise. */
class Passing implements Inspection {

    private final Inspection before;

    Passing(Inspection before) {
        this.before = before;
    }

    @Override
    public void accept(byte[] octets, int offset, int length) {
        before.accept(octets, offset, length);
    }

    @Override
    public void end() {
        before.end();
    }

    @Override
    public boolean starved() {
        return before.starved();
    }

    @Override
    public Assessment assess() {
        return before.assess();
    }

    @Override
    public void close() {
        before.close();
    }
}
