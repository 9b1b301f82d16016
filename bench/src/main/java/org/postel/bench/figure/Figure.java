package org.postel.bench.figure;

import java.io.IOException;

import org.postel.bench.report.Results;
import org.postel.bench.stack.MailStack;
import org.postel.bench.stack.PeerStack;

/** One or several rows of the table that are measured together. */
public interface Figure {

    /** What the command line calls it. */
    String name();

    /** How much is done in a round, in some words for the reader of the table. */
    String load();

    /** What stands beside Postel in the table. */
    default String against() {
        return PeerStack.NAME;
    }

    /**
     * How many rounds are measured.
     *
     * @param asked what the command line asks for
     */
    default int rounds(int asked) {
        return asked;
    }

    /** Whether it can be measured with that server at all. */
    default boolean isFor(MailStack stack) {
        return true;
    }

    /** Whether the server must have worked for some time before: see {@link WarmUp}. */
    default boolean wantsWarmServer() {
        return true;
    }

    /**
     * What a server needs before the first round: a mailbox, warm code. Not measured.
     *
     * @throws IOException when it fails: then there is no figure
     */
    void prepare(Bed bed) throws IOException;

    /**
     * One round.
     *
     * @param results where the values go
     * @throws IOException when the round does not count
     */
    void measure(Bed bed, Results results) throws IOException;

    /** Takes away what would stand in the way of other figures. */
    default void finish(Bed bed) throws IOException {
    }
}
