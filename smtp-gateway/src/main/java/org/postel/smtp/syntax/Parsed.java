package org.postel.smtp.syntax;

import java.util.Set;

/** What became of a command line. */
public sealed interface Parsed {

    /**
     * A command by the grammar.
     *
     * @param used the deviations that had to be tolerated
     */
    record Command(SmtpCommand command, Set<Leniency> used) implements Parsed {
        public Command {
            used = Set.copyOf(used);
        }
    }

    /** No command; the reply says why. */
    record Refused(Reply reply) implements Parsed {
    }

    /**
     * No command, but content follows it, and nobody knows how much: commands can no more be told from content, so the
     * connection ends.
     */
    record OutOfStep(Reply reply) implements Parsed {
    }

    /**
     * Another protocol altogether, such as HTTP sent through a victim's browser: the connection ends before anything is
     * echoed (ALPACA; SAFETY row 7).
     */
    record NotSmtp() implements Parsed {
    }
}
