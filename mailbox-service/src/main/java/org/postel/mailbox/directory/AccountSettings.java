package org.postel.mailbox.directory;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.postel.mailbox.directory.DirectoryException.Fault;
import org.postel.mailbox.identity.SessionProtocol;
import org.postel.mailbox.sending.OwnLimits;

/**
 * What may be changed about an account while it goes on, but its password.
 *
 * @param revision   rises with each change, so that of two changes of one state one applies; 0: never changed since before revisions
 * @param status     whether it may log in
 * @param protocols  with which protocols
 * @param forwarding where its mail goes on to
 * @param vacation   what who writes to it hears
 * @param sending    how much it may send, where that is not as configured
 */
public record AccountSettings(int revision, AccountStatus status, Set<SessionProtocol> protocols, Optional<Forwarding> forwarding,
        Optional<Vacation> vacation, OwnLimits sending) {

    /** Of a new account: everything is on. */
    public static final AccountSettings INITIAL = new AccountSettings(1, AccountStatus.ACTIVE, EnumSet.allOf(SessionProtocol.class), Optional.empty(),
            Optional.empty(), OwnLimits.CONFIGURED);

    public AccountSettings {
        protocols = Set.copyOf(protocols);
    }

    /** With another status. */
    public AccountSettings withStatus(AccountStatus next) {
        return new AccountSettings(revision, next, protocols, forwarding, vacation, sending);
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
        return new AccountSettings(revision, status, next, forwarding, vacation, sending);
    }

    /** With another way for its mail. */
    public AccountSettings withForwarding(Optional<Forwarding> next) {
        return new AccountSettings(revision, status, protocols, next, vacation, sending);
    }

    /** With another answer to who writes to it. */
    public AccountSettings withVacation(Optional<Vacation> next) {
        return new AccountSettings(revision, status, protocols, forwarding, next, sending);
    }

    /** With other limits for what it sends. */
    public AccountSettings withSending(OwnLimits next) {
        return new AccountSettings(revision, status, protocols, forwarding, vacation, next);
    }

    /** As the change after another one is stored. */
    AccountSettings after(AccountSettings before) {
        return new AccountSettings(before.revision + 1, status, protocols, forwarding, vacation, sending);
    }

    /** @throws DirectoryException INVALID when something in it cannot be of this account */
    AccountSettings checked(Account account) throws DirectoryException {
        if (forwarding.isPresent()) {
            forwarding.get().checked(account);
        }
        if (vacation.isPresent()) {
            vacation.get().checked();
        }
        checked(sending);
        return this;
    }

    /** @throws DirectoryException INVALID when one of the limits is negative */
    static OwnLimits checked(OwnLimits sending) throws DirectoryException {
        if (!sending.valid()) {
            throw new DirectoryException(Fault.INVALID, "sending", "a sending limit is at least 0, which is none");
        }
        return sending;
    }
}
