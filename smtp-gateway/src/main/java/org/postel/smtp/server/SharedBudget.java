package org.postel.smtp.server;

import java.time.Duration;
import org.postel.smtp.command.ContentBudget;
import org.postel.wire.ByteBudget;

/** The process's memory for content, in octets. */
final class SharedBudget implements ContentBudget {

    private final ByteBudget budget;
    private final Duration timeout;

    /** @param timeout how long a message waits for room */
    SharedBudget(ByteBudget budget, Duration timeout) {
        this.budget = budget;
        this.timeout = timeout;
    }

    @Override
    public boolean acquire(int octets) {
        return budget.acquire(octets, timeout);
    }

    @Override
    public void release(int octets) {
        budget.release(octets);
    }
}
