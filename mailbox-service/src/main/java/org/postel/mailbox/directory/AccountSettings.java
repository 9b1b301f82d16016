package org.postel.mailbox.directory;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.postel.mailbox.identity.SessionProtocol;

/**
 * What may be changed about an account while it goes on, but its password.
 *
 * @param revision   rises with each change, so that of two changes of one state one applies; 0: never changed since before revisions
 * @param status     whether it may log in
 * @param protocols  with which protocols
 * @param forwarding where its mail goes on to
 * @param vacation   what who writes to it hears
 */
public record AccountSettings(int revision, AccountStatus status, Set<SessionProtocol> protocols, Optional<Forwarding> forwarding,
        Optional<Vacation> vacation) {

    /** Of a new account: everything is on. */
    public static final AccountSettings INITIAL =
            new AccountSettings(1, AccountStatus.ACTIVE, EnumSet.allOf(SessionProtocol.class), Optional.empty(), Optional.empty());

    public AccountSettings {
        protocols = Set.copyOf(protocols);
    }

    /** With another status. */
    public AccountSettings withStatus(AccountStatus next) {
        return new AccountSettings(revision, next, protocols, forwarding, vacation);
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
        return new AccountSettings(revision, status, next, forwarding, vacation);
    }

    /** With another way for its mail. */
    public AccountSettings withForwarding(Optional<Forwarding> next) {
        return new AccountSettings(revision, status, protocols, next, vacation);
    }

    /** With another answer to who writes to it. */
    public AccountSettings withVacation(Optional<Vacation> next) {
        return new AccountSettings(revision, status, protocols, forwarding, next);
    }

    /** As the change after another one is stored. */
    AccountSettings after(AccountSettings before) {
        return new AccountSettings(before.revision + 1, status, protocols, forwarding, vacation);
    }

    /** @throws DirectoryException INVALID when something in it cannot be of this account */
    AccountSettings checked(Account account) throws DirectoryException {
        if (forwarding.isPresent()) {
            forwarding.get().checked(account);
        }
        if (vacation.isPresent()) {
            vacation.get().checked();
        }
        return this;
    }
}
