package org.postel.mailbox.directory;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.postel.mailbox.sending.OwnLimits;

/**
 * Where the directory is kept. All names are canonical. Writes are conditional: a method that answers with a boolean says
 * whether this call did it.
 */
public interface DirectoryStore {

    /** A domain of ours. */
    Optional<LocalDomain> domain(String name);

    /** All domains of ours, by name. */
    List<LocalDomain> domains();

    /** False when it exists. */
    boolean createDomain(String name);

    /** False when there is none. */
    boolean deleteDomain(String name);

    /** Says where the postmaster's mail goes. */
    void setPostmaster(String domain, Optional<String> address);

    /** Gives a domain other sending limits, unless they have changed since they were read. False when they have, or when there is no such domain. */
    boolean changeSending(LocalDomain before, OwnLimits after);

    /** What an address stands for. */
    Optional<Destination> destination(CanonicalAddress address);

    /** All addresses of a domain, in order. */
    List<AddressEntry> addresses(String domain);

    /**
     * A part of the addresses of a domain, in order.
     *
     * @param after only those that come after this local part
     */
    List<AddressEntry> addresses(String domain, Optional<String> after, int limit);

    /** Lets an alias lead elsewhere, at once. False when it does not stand for what it did. */
    boolean retarget(CanonicalAddress address, Destination.OfAlias before, Destination.OfAlias after);

    /** False when the address is taken. */
    boolean claim(CanonicalAddress address, Destination destination);

    /** False when it does not stand for this destination. */
    boolean unclaim(CanonicalAddress address, Destination destination);

    /** The account of this id. */
    Optional<Account> account(UUID id);

    /** Writes a new account. */
    void createAccount(Account account);

    /** Gives an account another password, unless that has changed since it was read: its credential version tells. False when it has. */
    boolean changePassword(Account before, Account after);

    /** Gives an account other settings, unless they have changed since they were read: their revision tells. False when they have. */
    boolean changeSettings(UUID account, AccountSettings before, AccountSettings after);

    /**
     * Gives an account that has not changed since it was read other keys of SCRAM. False when it has, or when they could not be
     * written: a later log-in will do it.
     */
    boolean setScram(Account before, String scram);

    /** Adds an address that leads to the account, or takes it away. */
    void changeAlias(UUID account, String alias, boolean leadsHere);

    /** False when there is none. */
    boolean deleteAccount(UUID id);

    /**
     * One address and what it stands for.
     *
     * @param address     canonical
     * @param destination an account or an alias
     */
    record AddressEntry(CanonicalAddress address, Destination destination) {}
}
