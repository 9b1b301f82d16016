package org.postel.mailbox.directory;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Which accounts are to be removed, and since when. What an account's status says goes before it. */
public interface DeletedStore {

    /**
     * An account to be removed.
     *
     * @param before what it was until then, and is again when it is restored
     */
    record Deleted(UUID account, String address, Instant since, AccountStatus before) {}

    /** Notes one, or notes it anew. */
    void add(Deleted deleted);

    /** Forgets one. */
    void remove(UUID account);

    /** All there are, the first deleted first. */
    List<Deleted> all();
}
