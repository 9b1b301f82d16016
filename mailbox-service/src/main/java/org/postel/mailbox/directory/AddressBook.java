package org.postel.mailbox.directory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.postel.mailbox.sending.OwnLimits;

/** Says what an address stands for. Answers may be a few seconds old. */
public final class AddressBook {

    private static final int MOST_REMEMBERED = 100_000;
    private static final UUID NOBODY = new UUID(0, 0);

    private final DirectoryStore store;
    private final DirectorySettings settings;
    private final SenderRewriting rewriting;
    private final Predicate<UUID> filtered;
    private final Cache<CanonicalAddress, Resolved> remembered;

    /**
     * @param rewriting of senders whose mail is forwarded
     * @param filtered  whether an account has rules for its mail, or had
     */
    public AddressBook(DirectoryStore store, DirectorySettings settings, SenderRewriting rewriting, Predicate<UUID> filtered) {
        this.store = store;
        this.settings = settings;
        this.rewriting = rewriting;
        this.filtered = filtered;
        this.remembered = Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).expireAfterWrite(settings.remembered()).build();
    }

    /** Whether a domain, in A-labels and lower case, is one of ours. */
    public boolean isOurs(String domain) {
        return store.domain(domain).isPresent();
    }

    /** What {@code local-part@domain}, as on the wire, stands for. What is no address is not ours. */
    public Resolved resolve(String written) {
        Resolved resolved = CanonicalAddress.of(written).map(this::resolve).orElseGet(Resolved.NotOurs::new);
        return resolved instanceof Resolved.UnknownUser
                ? rewriting.original(written).map(sender -> (Resolved) new Resolved.Alias(List.of(sender)))
                        .or(() -> CanonicalAddress.of(written).flatMap(this::catchAll)).orElse(resolved) : resolved;
    }

    /** What takes the rest of a domain. An address that it leads to and that is nobody's would lead to itself. */
    private Optional<Resolved> catchAll(CanonicalAddress address) {
        return store.destination(CanonicalAddress.catchAll(address.domain()))
                .flatMap(destination -> destination instanceof Destination.OfAlias alias ? Optional.of(alias.targets()) : Optional.empty())
                .map(targets -> targets.stream().filter(target -> !CanonicalAddress.of(target).equals(Optional.of(address))).toList())
                .filter(targets -> !targets.isEmpty()).map(Resolved.Alias::new);
    }

    /**
     * The reverse-path that mail goes on with when an address of ours sends it elsewhere. It stays as it is where it is null, or ours: then
     * the next server asks our own domains about it anyway.
     *
     * @param forwarder the address of ours
     */
    public String senderOfForward(String reversePath, String forwarder) {
        Optional<CanonicalAddress> sender = CanonicalAddress.of(reversePath);
        Optional<String> domain = CanonicalAddress.of(forwarder).map(CanonicalAddress::domain).filter(name -> store.domain(name).isPresent());
        boolean stays = !settings.rewriteSenders() || sender.isEmpty() || domain.isEmpty() || store.domain(sender.get().domain()).isPresent();
        return stays ? reversePath : rewriting.rewritten(reversePath, domain.get()).orElse(reversePath);
    }

    /** How much an account may send, where that is not as configured; as it is now. */
    public OwnLimits sending(String account) {
        return CanonicalAddress.of(account).flatMap(this::accountOf).map(found -> found.settings().sending()).orElse(OwnLimits.CONFIGURED);
    }

    /** How much all accounts of a domain, by its canonical name, may send together, where that is not as configured; as it is now. */
    public OwnLimits sendingTogether(String domain) {
        return store.domain(domain).map(LocalDomain::sending).orElse(OwnLimits.CONFIGURED);
    }

    /** The account of this very address or of the one without detail; aliases do not log in. */
    Optional<Account> accountOf(CanonicalAddress address) {
        return store.destination(address)
                .or(() -> address.withoutDetail(settings.separator()).flatMap(store::destination))
                .flatMap(destination -> destination instanceof Destination.OfAccount account ? store.account(account.accountId()) : Optional.empty());
    }

    /** Of a name that somebody logs in with; one that is nobody's costs the look-up that a known one would have. */
    Optional<Account> login(LoginName name) {
        Optional<Account> account = name.address().flatMap(this::accountOf);
        return account.isPresent() ? account : store.account(NOBODY);
    }

    /** The account that a name logs in to, if any. */
    public Optional<UUID> loggingIn(String written) {
        return LoginName.of(written).address().flatMap(this::accountOf).map(Account::id);
    }

    /** What guesses at a name count for: all details of an address log in to one account, so they count together. */
    Optional<String> limited(LoginName name) {
        return name.address().map(address -> address.withoutDetail(settings.separator()).orElse(address).toString());
    }

    /** Something changed in this process: later answers know it. */
    void forgetAll() {
        remembered.invalidateAll();
    }

    private Resolved resolve(CanonicalAddress address) {
        Resolved known = remembered.getIfPresent(address);
        if (known == null) {
            known = lookUp(address);
            if (isGood(known)) {
                remembered.put(address, known);
            }
        }
        return known;
    }

    /** A no is asked again each time: another instance may just have added the address, and mail refused is mail lost. */
    private static boolean isGood(Resolved resolved) {
        return switch (resolved) {
            case Resolved.Local _, Resolved.Alias _ -> true;
            case Resolved.UnknownUser _, Resolved.NotOurs _ -> false;
        };
    }

    private Resolved lookUp(CanonicalAddress address) {
        Optional<LocalDomain> domain = store.domain(address.domain());
        if (domain.isEmpty()) {
            return hostPostmaster(address).orElseGet(Resolved.NotOurs::new);
        }
        return store.destination(address)
                .or(() -> address.withoutDetail(settings.separator()).flatMap(store::destination))
                .flatMap(this::resolved)
                .or(() -> address.postmaster() ? postmaster(domain.get()) : Optional.empty())
                .orElseGet(Resolved.UnknownUser::new);
    }

    // RFC 5321 §4.5.1: "RCPT TO:<Postmaster>" is always taken; the gateway puts the name of the host behind it.
    private Optional<Resolved> hostPostmaster(CanonicalAddress address) {
        if (!address.postmaster() || !address.domain().equalsIgnoreCase(settings.hostname())) {
            return Optional.empty();
        }
        return settings.postmaster()
                .or(() -> store.domains().stream().flatMap(domain -> domain.postmaster().stream()).findFirst())
                .map(target -> new Resolved.Alias(List.of(target)));
    }

    private Optional<Resolved> resolved(Destination destination) {
        return switch (destination) {
            case Destination.OfAlias alias -> Optional.of(new Resolved.Alias(alias.targets()));
            case Destination.OfAccount account -> store.account(account.accountId()).filter(found -> found.status() != AccountStatus.DELETED)
                    .map(found -> new Resolved.Local(found.id(), found.address(), found.settings().forwarding(),
                            found.settings().vacation().filter(vacation -> vacation.active(Instant.now()))
                                    .map(vacation -> new Absence(vacation, found.sendsFrom())), filtered.test(found.id())));
        };
    }

    private Optional<Resolved> postmaster(LocalDomain domain) {
        return settings.postmaster().or(domain::postmaster).map(address -> new Resolved.Alias(List.of(address)));
    }
}
