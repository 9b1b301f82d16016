package org.postel.bench.figure;

import java.io.IOException;

import org.postel.bench.report.Results;

/** One or several rows of the table that are measured together. */
public interface Figure {

    /** What the command line calls it. */
    String name();

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
