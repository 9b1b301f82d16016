package org.postel.mailbox.directory;

import java.time.Duration;
import java.util.List;

/** Failed log-ins of all instances. */
@FunctionalInterface
public interface FailureLog {

    /**
     * Adds one of this moment.
     *
     * @param scope  whose it is
     * @param memory how long it counts
     * @return the ages of all that count, oldest first, as of this one; empty when nobody can say
     */
    List<Duration> add(String scope, Duration memory);
}
