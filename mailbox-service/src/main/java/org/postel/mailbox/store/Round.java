package org.postel.mailbox.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.postel.mailbox.storage.StoreException;
import org.postel.mailbox.storage.StoreException.Problem;

/**
 * Commands decided one after the other, to be committed as one.
 *
 * @param from the header they start at
 * @param to   where they lead, without a name of its own yet
 * @param rows of all of them, in order of MODSEQ
 */
record Round(LogHeader from, LogHeader to, List<LogRow> rows) {

    /** Decides all; a command that is refused takes no part. */
    static Round of(List<Pending<?>> commands, Standing now) {
        Standing next = now;
        List<LogRow> rows = new ArrayList<>();
        for (Pending<?> pending : commands) {
            if (now.header().gone()) {
                pending.fail(new StoreException(Problem.NOT_FOUND, "the mailbox was deleted"));
                continue;
            }
            Optional<? extends Command.Decision<?>> decision = pending.decide(next);
            if (decision.isPresent()) {
                next = next.after(decision.get().header());
                rows.addAll(decision.get().rows());
            }
        }
        return new Round(now.header(), next.header(), rows);
    }

    /** Whether nothing is to be written. */
    boolean isEmpty() {
        return rows.isEmpty() && from.equals(to);
    }
}
