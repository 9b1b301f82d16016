package org.postel.mailbox.directory;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.postel.mailbox.identity.SessionProtocol;

/**
 * A password for one program of an account's owner.
 *
 * @param id        within the account, and the beginning of its text
 * @param name      what the owner calls it
 * @param hash      of its secret
 * @param protocols what it opens
 * @param created   when it was made
 */
public record AppPassword(String id, String name, byte[] hash, Set<SessionProtocol> protocols, Instant created) {

    public AppPassword {
        protocols = Set.copyOf(protocols);
    }

    /**
     * The last time that it opened a session, or up to an hour before.
     *
     * @param protocol of that session
     * @param address  the client's
     */
    public record Use(Instant at, SessionProtocol protocol, String address) {}

    /** With its last use, if it was ever used. */
    public record Listed(AppPassword password, Optional<Use> lastUse) {}

    @Override
    public String toString() {
        return "AppPassword[" + id + "]";
    }
}
