package org.postel.mailbox.seen;

import java.util.List;
import java.util.UUID;

/** Where notes of log-ins and sessions are kept, for a time. Each call throws StoreException. */
public interface SeenStore {

    /**
     * Writes a row, or writes it again.
     *
     * @param part tells rows of log-ins that are alike apart, of different instances
     */
    void write(UUID account, long part, SeenLogin login);

    /** The rows of an account, the newest day first, at most so many; several may be alike. */
    List<SeenLogin> logins(UUID account, int most);

    /** Writes a session, or writes it again; it is forgotten some minutes later. */
    void write(UUID account, SeenSession session);

    /** Sessions that were used some minutes ago. */
    List<SeenSession> sessions(UUID account, int most);
}
