package org.postel.smtp.command;

import java.time.Duration;
import java.util.List;

/** Knows which strangers have come again. */
@FunctionalInterface
public interface Greylist {

    /**
     * How long a mail must wait; zero when it may come in. Remembers that it came.
     *
     * @param network    of the client
     * @param from       its sender, empty for the null one
     * @param recipients of it
     * @throws BackendUnavailableException when nobody knows
     */
    Duration meet(String network, String from, List<String> recipients) throws BackendUnavailableException;
}
