package org.postel.mailbox.directory;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.postel.mail.AddressSyntaxException;
import org.postel.mail.Domain;
import org.postel.mailbox.directory.DirectoryException.Fault;
import org.postel.mailbox.password.Passwords;
import org.postel.mailbox.scram.ScramSettings;
import org.postel.mailbox.sending.OwnLimits;
import org.postel.mailbox.storage.Quota;

/** What an operator does with domains, accounts and aliases. Each change is whole or leaves nothing that can be seen. */
public final class Administration {

    private static final int SHORTEST_PASSWORD = 1;
    private static final int LONGEST_PASSWORD = 1_024;
    private static final int MOST_TARGETS = 100;
    private static final int ATTEMPTS = 5;

    private final DirectoryStore store;
    private final AddressBook addresses;
    private final Passwords passwords;
    private final AppPasswords apps;
    private final ScramSettings scram;
    private final AccountMail mail;
    private final Consumer<UUID> accessChanged;

    /** @param accessChanged told of each account whose password or settings changed, or that is gone */
    public Administration(DirectoryStore store, AddressBook addresses, Passwords passwords, AppPasswords apps, ScramSettings scram, AccountMail mail,
            Consumer<UUID> accessChanged) {
        this.store = store;
        this.addresses = addresses;
        this.passwords = passwords;
        this.apps = apps;
        this.scram = scram;
        this.mail = mail;
        this.accessChanged = accessChanged;
    }

    /** All domains, by name. */
    public List<LocalDomain> domains() {
        return store.domains();
    }

    /** Adds a domain. */
    public LocalDomain addDomain(String name) throws DirectoryException {
        String canonical = domainName(name);
        if (!store.createDomain(canonical)) {
            throw new DirectoryException(Fault.TAKEN, "the domain exists already");
        }
        addresses.forgetAll();
        return LocalDomain.of(canonical);
    }

    /** The domain of this name. */
    public LocalDomain domain(String name) throws DirectoryException {
        return store.domain(domainName(name)).orElseThrow(() -> new DirectoryException(Fault.MISSING, "no such domain"));
    }

    /** Other sending limits for a domain, made of what they are. */
    @FunctionalInterface
    public interface Limiting {
        OwnLimits of(LocalDomain before) throws DirectoryException;
    }

    /**
     * Sets how much all accounts of a domain together may send. Of two changes at the same time the second is made of what the first left, so neither is lost.
     *
     * @param change may be asked again
     */
    public LocalDomain limitSending(String name, Limiting change) throws DirectoryException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            LocalDomain before = domain(name);
            OwnLimits after = AccountSettings.checked(change.of(before));
            if (store.changeSending(before, after)) {
                return before.withSending(after);
            }
        }
        throw new DirectoryException(Fault.IN_USE, "somebody else changes this domain");
    }

    /** Removes a domain that has no addresses any more. */
    public void removeDomain(String name) throws DirectoryException {
        String canonical = domainName(name);
        if (!store.addresses(canonical, Optional.empty(), 1).isEmpty()) {
            throw new DirectoryException(Fault.IN_USE, "the domain still has accounts or aliases");
        }
        if (!store.deleteDomain(canonical)) {
            throw new DirectoryException(Fault.MISSING, "no such domain");
        }
        addresses.forgetAll();
    }

    /** The accounts of some domains, by domain and address. */
    public Listing.Part<Account> accounts(List<String> domains, Optional<String> after, int limit) throws DirectoryException {
        return new Listing(store).part(domains, after, limit, entry -> entry.destination() instanceof Destination.OfAccount account
                ? store.account(account.accountId()) : Optional.empty());
    }

    /** The accounts of some domains whose addresses begin so; a part of an address before its domain, or a whole address. */
    public List<Account> find(List<String> domains, String beginning, int most) throws DirectoryException {
        int at = beginning.lastIndexOf('@');
        String local = (at < 0 ? beginning : beginning.substring(0, at)).toLowerCase(Locale.ROOT);
        List<Account> found = new ArrayList<>();
        for (String domain : domains) {
            if (found.size() < most && (at < 0 || domain.startsWith(beginning.substring(at + 1).toLowerCase(Locale.ROOT)))) {
                found.addAll(new Listing(store).beginning(domain, local, most - found.size()));
            }
        }
        return found;
    }

    /** Adds an account, and its domain when that is missing. */
    public Account addAccount(String address, String password) throws DirectoryException {
        CanonicalAddress canonical = address(address);
        checkPassword(password);
        checkFree(canonical);
        return create(canonical, passwords.hash(password), scram.keysOf(password));
    }

    /**
     * As {@link #addAccount}, with a password of which only the hash is known: from another platform, or from a file.
     *
     * @param hash Argon2id, as the reference implementation writes it
     */
    public Account addAccountWithHash(String address, String hash) throws DirectoryException {
        CanonicalAddress canonical = address(address);
        if (!Passwords.isHash(hash)) {
            throw new DirectoryException(Fault.INVALID, "a hash is written as $argon2id$v=19$m=...,t=...,p=...$SALT$TAG, and costs no more than a log-in may");
        }
        checkFree(canonical);
        // Keys of SCRAM are made at the first log-in that shows the password.
        return create(canonical, hash, Optional.empty());
    }

    private void checkFree(CanonicalAddress canonical) throws DirectoryException {
        Optional<Destination> there = store.destination(canonical);
        if (there.isPresent()) {
            boolean deleted = there.get() instanceof Destination.OfAccount of
                    && store.account(of.accountId()).filter(account -> account.status() == AccountStatus.DELETED).isPresent();
            throw new DirectoryException(Fault.TAKEN, deleted ? "the address is a deleted account's: restore it, or remove it for good" : "the address is taken");
        }
    }

    private Account create(CanonicalAddress canonical, String hash, Optional<String> keys) throws DirectoryException {
        store.createDomain(canonical.domain());
        Account account = new Account(UUID.randomUUID(), canonical.toString(), hash, keys, 1, AccountSettings.INITIAL, Set.of());
        store.createAccount(account);
        // The address last: from then on mail comes in.
        mail.create(account.id());
        if (!store.claim(canonical, new Destination.OfAccount(account.id()))) {
            store.deleteAccount(account.id());
            mail.delete(account.id());
            throw new DirectoryException(Fault.TAKEN, "the address is taken");
        }
        if (store.domain(canonical.domain()).flatMap(LocalDomain::postmaster).isEmpty()) {
            store.setPostmaster(canonical.domain(), Optional.of(account.address()));
        }
        addresses.forgetAll();
        return account;
    }

    /** Removes an account and its mail; aliases that name it stay, and bounce. */
    public void removeAccount(String address) throws DirectoryException {
        Account account = account(address);
        CanonicalAddress canonical = address(account.address());
        // Its address comes last: by that it is found again when this was not done to the end.
        mail.delete(account.id());
        apps.removeAll(account.id());
        if (!store.unclaim(canonical, new Destination.OfAccount(account.id()))) {
            throw new DirectoryException(Fault.MISSING, "no such account");
        }
        handOver(canonical, account);
        store.deleteAccount(account.id());
        addresses.forgetAll();
        accessChanged.accept(account.id());
    }

    /** From now on nobody logs in to it, and its address is as if it were nobody's; nothing of it is lost. */
    void markDeleted(String address) throws DirectoryException {
        Account account = change(address, before -> before.settings().withStatus(AccountStatus.DELETED));
        handOver(address(account.address()), account);
        addresses.forgetAll();
    }

    /** Makes a deleted account what it was. */
    Account restore(String address, AccountStatus before) throws DirectoryException {
        Account account = change(address, deleted -> deleted.settings().withStatus(before));
        CanonicalAddress canonical = address(account.address());
        if (store.domain(canonical.domain()).flatMap(LocalDomain::postmaster).isEmpty()) {
            store.setPostmaster(canonical.domain(), Optional.of(account.address()));
        }
        addresses.forgetAll();
        return account;
    }

    /** The mail of its domain's postmaster goes to another from now on. */
    private void handOver(CanonicalAddress address, Account account) {
        Optional<LocalDomain> domain = store.domain(address.domain());
        if (domain.flatMap(LocalDomain::postmaster).filter(account.address()::equals).isPresent()) {
            store.setPostmaster(address.domain(), nextPostmaster(address.domain()));
        }
    }

    /** The account of this very address. */
    public Account account(String address) throws DirectoryException {
        return store.destination(address(address))
                .flatMap(found -> found instanceof Destination.OfAccount of ? store.account(of.accountId()) : Optional.empty())
                .orElseThrow(() -> new DirectoryException(Fault.MISSING, "no such account"));
    }

    /** A change of settings, made of what they are. */
    @FunctionalInterface
    public interface Change {
        AccountSettings of(Account before) throws DirectoryException;
    }

    /**
     * Changes settings of an account. Of two changes at the same time the second is made of what the first left, so neither is lost.
     *
     * @param change may be asked again
     */
    public Account change(String address, Change change) throws DirectoryException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Account before = account(address);
            AccountSettings after = change.of(before).checked(before).after(before.settings());
            if (store.changeSettings(before.id(), before.settings(), after)) {
                addresses.forgetAll();
                accessChanged.accept(before.id());
                return before.with(after);
            }
        }
        throw new DirectoryException(Fault.IN_USE, "somebody else changes this account");
    }

    /** Gives an account another password, and answers with it as it is then; its sessions end at their next call. */
    public Account changePassword(String address, String password) throws DirectoryException {
        checkPassword(password);
        String hash = passwords.hash(password);
        Optional<String> keys = scram.keysOf(password);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Account before = account(address);
            Account after = before.withPassword(hash, keys);
            if (store.changePassword(before, after)) {
                accessChanged.accept(after.id());
                return after;
            }
        }
        throw new DirectoryException(Fault.IN_USE, "somebody else changes this account");
    }

    /** What an account may hold, and holds. */
    public record AccountQuota(Quota limits, Quota.Held held) {}

    /** What an account may hold, and holds. */
    public AccountQuota quota(String address) throws DirectoryException {
        UUID account = account(address).id();
        // Counting reads the limits anew; they would be those of a minute ago where another instance set them since.
        Quota.Held held = mail.held(account);
        return new AccountQuota(mail.quota(account), held);
    }

    /** What each mailbox of an account holds, by name. */
    public List<Quota.Folder> folders(String address) throws DirectoryException {
        return mail.folders(account(address).id());
    }

    /** Sets what an account may hold; mail that it has already stays. */
    public void limit(String address, Quota quota) throws DirectoryException {
        mail.limit(account(address).id(), quota);
    }

    /** The aliases of some domains, by domain and address. */
    public Listing.Part<DirectoryStore.AddressEntry> aliases(List<String> domains, Optional<String> after, int limit) throws DirectoryException {
        return new Listing(store).part(domains, after, limit,
                entry -> entry.destination() instanceof Destination.OfAlias ? Optional.of(entry) : Optional.empty());
    }

    /** Adds an alias; its domain must be there, its targets may be anywhere. {@code @domain} takes what no other address of the domain does. */
    public DirectoryStore.AddressEntry addAlias(String address, List<String> targets) throws DirectoryException {
        CanonicalAddress canonical = aliasAddress(address);
        checkTargets(targets);
        if (store.domain(canonical.domain()).isEmpty()) {
            throw new DirectoryException(Fault.MISSING, "no such domain");
        }
        Destination.OfAlias alias = new Destination.OfAlias(targets);
        if (!store.claim(canonical, alias)) {
            throw new DirectoryException(Fault.TAKEN, "the address is taken");
        }
        tellTargets(canonical, alias, true);
        addresses.forgetAll();
        return new DirectoryStore.AddressEntry(canonical, alias);
    }

    /** The alias of this very address. */
    public DirectoryStore.AddressEntry alias(String address) throws DirectoryException {
        CanonicalAddress canonical = aliasAddress(address);
        return new DirectoryStore.AddressEntry(canonical, there(canonical));
    }

    private Destination.OfAlias there(CanonicalAddress address) throws DirectoryException {
        if (store.destination(address).orElse(null) instanceof Destination.OfAlias alias) {
            return alias;
        }
        throw new DirectoryException(Fault.MISSING, "no such alias");
    }

    /** Other targets for an alias, made of what it is. */
    @FunctionalInterface
    public interface Retargeting {
        List<String> of(DirectoryStore.AddressEntry before) throws DirectoryException;
    }

    /** Lets an alias lead elsewhere; at no moment it leads nowhere. */
    public DirectoryStore.AddressEntry changeAlias(String address, Retargeting change) throws DirectoryException {
        CanonicalAddress canonical = aliasAddress(address);
        Destination.OfAlias before = there(canonical);
        List<String> targets = change.of(new DirectoryStore.AddressEntry(canonical, before));
        checkTargets(targets);
        Destination.OfAlias after = new Destination.OfAlias(targets);
        if (!store.retarget(canonical, before, after)) {
            throw new DirectoryException(Fault.IN_USE, "somebody else changes this alias");
        }
        tellTargets(canonical, before, false);
        tellTargets(canonical, after, true);
        addresses.forgetAll();
        return new DirectoryStore.AddressEntry(canonical, after);
    }

    /** Removes an alias. */
    public void removeAlias(String address) throws DirectoryException {
        CanonicalAddress canonical = aliasAddress(address);
        Destination.OfAlias alias = there(canonical);
        if (!store.unclaim(canonical, alias)) {
            throw new DirectoryException(Fault.MISSING, "no such alias");
        }
        tellTargets(canonical, alias, false);
        addresses.forgetAll();
    }

    private static void checkTargets(List<String> targets) throws DirectoryException {
        if (targets.isEmpty() || targets.size() > MOST_TARGETS) {
            throw new DirectoryException(Fault.INVALID, "an alias has 1 to " + MOST_TARGETS + " targets");
        }
        for (String target : targets) {
            address(target);
        }
    }

    private void tellTargets(CanonicalAddress alias, Destination.OfAlias destination, boolean leadsHere) {
        // What takes the rest of a domain is no address that anybody could send from.
        if (alias.localPart().isEmpty()) {
            return;
        }
        destination.targets().stream()
                .flatMap(target -> CanonicalAddress.of(target).flatMap(addresses::accountOf).stream())
                .forEach(account -> store.changeAlias(account.id(), alias.toString(), leadsHere));
    }

    private Optional<String> nextPostmaster(String domain) {
        return store.addresses(domain).stream()
                .flatMap(entry -> entry.destination() instanceof Destination.OfAccount of ? store.account(of.accountId()).stream() : Stream.empty())
                .filter(account -> account.status() != AccountStatus.DELETED)
                .map(Account::address)
                .findFirst();
    }

    private static CanonicalAddress address(String written) throws DirectoryException {
        return CanonicalAddress.of(written).orElseThrow(() -> new DirectoryException(Fault.INVALID, "not an address of the form local-part@domain"));
    }

    private static CanonicalAddress aliasAddress(String written) throws DirectoryException {
        return CanonicalAddress.ofAlias(written).orElseThrow(
                () -> new DirectoryException(Fault.INVALID, "not an address of the form local-part@domain, nor @domain"));
    }

    private static String domainName(String written) throws DirectoryException {
        try {
            return Domain.parse(written).canonical();
        } catch (AddressSyntaxException e) {
            throw new DirectoryException(Fault.INVALID, "not a domain");
        }
    }

    private static void checkPassword(String password) throws DirectoryException {
        if (password.length() < SHORTEST_PASSWORD || password.length() > LONGEST_PASSWORD || password.indexOf('\0') >= 0) {
            throw new DirectoryException(Fault.INVALID, "password", "a password has 1 to " + LONGEST_PASSWORD + " characters, none of them NUL");
        }
    }
}
