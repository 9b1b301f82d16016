package org.postel.bench.load;

import java.io.IOException;

/** A server refused what the load needs, so the figure does not count. */
public final class UnexpectedAnswerException extends IOException {

    private static final long serialVersionUID = 1L;

    /** With what was asked and what came. */
    public UnexpectedAnswerException(String asked, String answer) {
        super(asked + " was answered: " + answer);
    }
}
