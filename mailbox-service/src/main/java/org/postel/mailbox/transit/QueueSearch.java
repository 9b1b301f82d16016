package org.postel.mailbox.transit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at entries one after the other until it has enough, or has passed over so many that somebody would wait for the next. */
public final class QueueSearch {

    // Some tenths of a second: who wants more goes on behind them.
    static final int MOST_PASSED_OVER = 20_000;

    private final QueueFilter filter;
    private final int limit;
    private final List<Queued> taken = new ArrayList<>();
    private int passedOver;
    private Optional<Queued> last;

    /**
     * What was found.
     *
     * @param entries that the filter takes
     * @param next    the last one that was looked at, when there may be more behind it
     */
    public record Part(List<Queued> entries, Optional<Queued> next) {}

    /** @param after where it begins */
    QueueSearch(QueueFilter filter, Optional<Queued> after, int limit) {
        this.filter = filter;
        this.last = after;
        this.limit = limit;
    }

    boolean isOver() {
        return taken.size() >= limit || passedOver >= MOST_PASSED_OVER;
    }

    /** The one that was looked at last; at first, behind which it begins. */
    Optional<Queued> last() {
        return last;
    }

    /** Does nothing once it is over. */
    void look(Queued one) {
        if (isOver()) {
            return;
        }
        last = Optional.of(one);
        if (filter.takes(one.entry().getSender(), one.entry().getRecipient())) {
            taken.add(one);
        } else {
            passedOver++;
        }
    }

    Part part() {
        return new Part(List.copyOf(taken), isOver() ? last : Optional.empty());
    }
}
