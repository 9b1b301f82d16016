package org.postel.imap.command;

import java.io.IOException;
import java.util.Arrays;
import org.postel.imap.session.ResponseSink;
import org.postel.imap.syntax.ResponseBuffer;

/**
 * {@code thread-data = "THREAD" [SP 1*thread-list]} of RFC 5256 §5, written as its nodes come. A chain of only children is one
 * list; where a node has several, each of them begins a list within.
 */
final class ThreadAnswer {

    private static final int PIECE = 16 << 10;

    private final ResponseSink sink;
    private final ResponseBuffer out = new ResponseBuffer().raw("* THREAD");
    /** For each list that is open, how many lists within it are still to come. */
    private int[] open = new int[16];
    private int depth;
    /** Whether the next node goes on in the list of the one before, whose only child it is. */
    private boolean chained;
    private boolean some;

    ThreadAnswer(ResponseSink sink) {
        this.sink = sink;
    }

    /**
     * @param number   0 for a message that is not there
     * @param children how many nodes that follow are its own
     */
    void node(long number, int children) throws IOException {
        if (!chained) {
            out.raw(some ? "(" : " (");
            some = true;
        }
        if (number != 0) {
            out.number(number);
        }
        if (children > 0 && number != 0) {
            out.sp();
        }
        chained = children == 1;
        if (children > 1) {
            push(children);
        } else if (children == 0) {
            close();
        }
        if (out.size() > PIECE) {
            sink.accept(out.take());
        }
    }

    /** Whether some of it may be on its way: then no other response may come between. */
    boolean begun() {
        return some;
    }

    private void push(int children) {
        if (depth == open.length) {
            open = Arrays.copyOf(open, 2 * depth);
        }
        open[depth++] = children;
    }

    /** Ends the list of a node without children, and those that it was the last of. */
    private void close() {
        out.raw(")");
        while (depth > 0 && --open[depth - 1] == 0) {
            depth--;
            out.raw(")");
        }
    }

    void end() throws IOException {
        sink.accept(out.crlf().take());
    }
}
