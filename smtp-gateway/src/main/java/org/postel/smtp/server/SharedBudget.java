package org.postel.smtp.server;

import java.time.Duration;
import org.postel.smtp.command.ContentBudget;
import org.postel.wire.ByteBudget;

/** One share of the process's memory for each message that is being received: all of what it may ever hold, so that no two wait for each other. */
final class SharedBudget implements ContentBudget {

    private final ByteBudget budget;
    private final int share;
    private final Duration timeout;

    SharedBudget(ByteBudget budget, int share, Duration timeout) {
        this.budget = budget;
        this.share = share;
        this.timeout = timeout;
    }

    @Override
    public boolean acquire() {
        return budget.acquire(share, timeout);
    }

    @Override
    public void release() {
        budget.release(share);
    }
}
