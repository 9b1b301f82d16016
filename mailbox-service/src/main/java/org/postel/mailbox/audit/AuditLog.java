package org.postel.mailbox.audit;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Where acts are written down. */
public interface AuditLog {

    /** The outcome of an act that has none yet. */
    String BEGUN = "begun";

    /**
     * Writes an act down, before it is done.
     *
     * @return names the entry
     * @throws org.postel.mailbox.storage.StoreException when it could not be written: then the act must not be done
     */
    UUID begin(Act act);

    /** Writes down how it ended. */
    void end(UUID entry, String outcome);

    /**
     * The entries of a day of UTC, newest first.
     *
     * @param before only those that are older than this one
     */
    List<AuditEntry> list(LocalDate day, Optional<UUID> before, int limit);
}
