package org.postel.mailbox.directory;

import java.util.EnumSet;
import java.util.Set;
import org.postel.mailbox.identity.SessionProtocol;

/**
 * What may be changed about an account while it goes on, but its password.
 *
 * @param revision  rises with each change, so that of two changes of one state one applies; 0: never changed since before revisions
 * @param status    whether it may log in
 * @param protocols with which protocols
 */
public record AccountSettings(int revision, AccountStatus status, Set<SessionProtocol> protocols) {

    /** Of a new account: everything is on. */
    public static final AccountSettings INITIAL = new AccountSettings(1, AccountStatus.ACTIVE, EnumSet.allOf(SessionProtocol.class));

    public AccountSettings {
        protocols = Set.copyOf(protocols);
    }

    /** With another status. */
    public AccountSettings withStatus(AccountStatus next) {
        return new AccountSettings(revision, next, protocols);
    }

    /** With a protocol switched on or off. */
    public AccountSettings with(SessionProtocol protocol, boolean on) {
        Set<SessionProtocol> next = EnumSet.noneOf(SessionProtocol.class);
        next.addAll(protocols);
        if (on) {
            next.add(protocol);
        } else {
            next.remove(protocol);
        }
        return new AccountSettings(revision, status, next);
    }

    /** As the change after another one is stored. */
    AccountSettings after(AccountSettings before) {
        return new AccountSettings(before.revision + 1, status, protocols);
    }
}
