package org.postel.mailbox.sending;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Addresses of other domains that do not exist, as their servers said: mail to them is given up at once for a while. */
public interface Suppressions {

    /**
     * One of them.
     *
     * @param address canonical
     * @param reply   what the server said
     * @param since   when it said so
     */
    record Suppressed(String address, String reply, Instant since) {}

    /** Whether it is one of them; what is no address is none. */
    Optional<Suppressed> of(String address);

    /** From now on, for the configured time. */
    void add(String address, String reply);

    /** False when it was none of them. */
    boolean remove(String address);

    /**
     * In an order that stays.
     *
     * @param after the last address of the part before; empty: from the start
     */
    List<Suppressed> list(Optional<String> after, int limit);
}
