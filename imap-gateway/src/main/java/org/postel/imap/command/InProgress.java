package org.postel.imap.command;

import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.postel.imap.syntax.Completion;

/** Tells a client now and then that a long command goes on, and how far it is: RFC 9585 §4. */
final class InProgress {

    /** RFC 9585 §4: clients wait longer than this for anything. */
    private static final Duration EVERY = Duration.ofSeconds(10);

    /** Where the untagged status goes, at once. */
    @FunctionalInterface
    interface Telling {

        void tell(Completion progress) throws IOException;
    }

    private final String tag;
    private final Telling telling;
    private final LongSupplier nanoTime;
    private long told;

    private InProgress(String tag, Telling telling, LongSupplier nanoTime) {
        this.tag = tag;
        this.telling = telling;
        this.nanoTime = nanoTime;
        this.told = nanoTime.getAsLong();
    }

    /** Of the command that is being run, if one is. */
    static InProgress of(Conversation conversation) {
        return new InProgress(conversation.tag(), progress -> {
            conversation.untagged(progress);
            conversation.connection().flush();
        }, System::nanoTime);
    }

    static InProgress of(String tag, Telling telling, LongSupplier nanoTime) {
        return new InProgress(tag, telling, nanoTime);
    }

    /**
     * The command goes on.
     *
     * @param goal 0 when it is not known
     */
    void at(int done, int goal) throws IOException {
        if (nanoTime.getAsLong() - told < EVERY.toNanos()) {
            return;
        }
        told = nanoTime.getAsLong();
        // RFC 9585 §4.1: never the goal itself, for the command is not done.
        boolean known = done < goal;
        // What is looked up between commands is of none.
        String of = tag.isEmpty() ? "" : " (\"" + tag + "\" " + (known ? done + " " + goal : "NIL NIL") + ")";
        telling.tell(Completion.ok("INPROGRESS" + of, "Still working"));
    }
}
