package org.postel.mailbox.directory;

import java.util.Optional;
import org.postel.mailbox.sending.OwnLimits;

/**
 * A domain of ours.
 *
 * @param name       canonical
 * @param postmaster where mail for its postmaster goes when no address says so
 * @param sending    how much all its accounts together may send, where that is not as configured
 */
public record LocalDomain(String name, Optional<String> postmaster, OwnLimits sending) {

    /** A new one. */
    static LocalDomain of(String name) {
        return new LocalDomain(name, Optional.empty(), OwnLimits.CONFIGURED);
    }

    /** With another address for its postmaster's mail. */
    LocalDomain withPostmaster(Optional<String> next) {
        return new LocalDomain(name, next, sending);
    }

    /** With other limits for what it sends. */
    LocalDomain withSending(OwnLimits next) {
        return new LocalDomain(name, postmaster, next);
    }
}
