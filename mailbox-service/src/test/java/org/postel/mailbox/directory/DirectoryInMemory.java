package org.postel.mailbox.directory;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.postel.mailbox.sending.OwnLimits;
import org.postel.mailbox.storage.StoreException;

/** A directory that lives as long as the test; passes the same contract as the one in Cassandra. */
public final class DirectoryInMemory implements DirectoryStore {

    private final Map<String, LocalDomain> domains = new ConcurrentHashMap<>();
    private final Map<CanonicalAddress, Destination> addresses = new ConcurrentHashMap<>();
    private final Map<UUID, Account> accounts = new ConcurrentHashMap<>();
    private volatile boolean away;

    @Override
    public Optional<LocalDomain> domain(String name) {
        return Optional.ofNullable(domains.get(name));
    }

    @Override
    public List<LocalDomain> domains() {
        return domains.values().stream().sorted(Comparator.comparing(LocalDomain::name)).toList();
    }

    @Override
    public boolean createDomain(String name) {
        return domains.putIfAbsent(name, LocalDomain.of(name)) == null;
    }

    @Override
    public boolean deleteDomain(String name) {
        return domains.remove(name) != null;
    }

    @Override
    public void setPostmaster(String domain, Optional<String> address) {
        domains.computeIfPresent(domain, (name, before) -> before.withPostmaster(address));
    }

    @Override
    public boolean changeSending(LocalDomain before, OwnLimits after) {
        LocalDomain now = domains.get(before.name());
        return now != null && now.sending().equals(before.sending()) && domains.replace(before.name(), now, now.withSending(after));
    }

    /** From now on nothing is found out about addresses, or again. */
    public void setAway(boolean away) {
        this.away = away;
    }

    @Override
    public Optional<Destination> destination(CanonicalAddress address) {
        if (away) {
            throw new StoreException(StoreException.Problem.UNAVAILABLE, "the database does not answer");
        }
        return Optional.ofNullable(addresses.get(address));
    }

    @Override
    public List<AddressEntry> addresses(String domain) {
        return addresses.entrySet().stream()
                .filter(entry -> entry.getKey().domain().equals(domain))
                .map(entry -> new AddressEntry(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparing(entry -> entry.address().localPart()))
                .toList();
    }

    @Override
    public List<AddressEntry> addresses(String domain, Optional<String> after, int limit) {
        return addresses(domain).stream().filter(entry -> after.isEmpty() || entry.address().localPart().compareTo(after.get()) > 0).limit(limit).toList();
    }

    @Override
    public boolean retarget(CanonicalAddress address, Destination.OfAlias before, Destination.OfAlias after) {
        return addresses.replace(address, before, after);
    }

    @Override
    public boolean claim(CanonicalAddress address, Destination destination) {
        return addresses.putIfAbsent(address, destination) == null;
    }

    @Override
    public boolean unclaim(CanonicalAddress address, Destination destination) {
        return addresses.remove(address, destination);
    }

    @Override
    public Optional<Account> account(UUID id) {
        if (away) {
            throw new StoreException(StoreException.Problem.UNAVAILABLE, "the database does not answer");
        }
        return Optional.ofNullable(accounts.get(id));
    }

    @Override
    public void createAccount(Account account) {
        accounts.put(account.id(), account);
    }

    @Override
    public boolean changePassword(Account before, Account after) {
        return changed(before.id(), now -> now.credentialVersion() == before.credentialVersion(), now -> new Account(now.id(), now.address(),
                after.password(), after.scram(), after.credentialVersion(), now.settings(), now.aliases()));
    }

    @Override
    public boolean changeSettings(UUID account, AccountSettings before, AccountSettings after) {
        return changed(account, now -> now.settings().revision() == before.revision(), now -> now.with(after));
    }

    @Override
    public boolean setScram(Account before, String scram) {
        return changed(before.id(), now -> now.credentialVersion() == before.credentialVersion() && now.scram().equals(before.scram()),
                now -> new Account(now.id(), now.address(), now.password(), Optional.of(scram), now.credentialVersion(), now.settings(), now.aliases()));
    }

    @Override
    public void changeAlias(UUID account, String alias, boolean leadsHere) {
        changed(account, now -> true, now -> {
            Set<String> aliases = new HashSet<>(now.aliases());
            boolean changed = leadsHere ? aliases.add(alias) : aliases.remove(alias);
            return changed
                    ? new Account(now.id(), now.address(), now.password(), now.scram(), now.credentialVersion(), now.settings(), aliases)
                    : now;
        });
    }

    private boolean changed(UUID account, Predicate<Account> condition, UnaryOperator<Account> change) {
        boolean[] changed = new boolean[1];
        accounts.computeIfPresent(account, (id, now) -> {
            changed[0] = condition.test(now);
            return changed[0] ? change.apply(now) : now;
        });
        return changed[0];
    }

    @Override
    public boolean deleteAccount(UUID id) {
        return accounts.remove(id) != null;
    }
}
