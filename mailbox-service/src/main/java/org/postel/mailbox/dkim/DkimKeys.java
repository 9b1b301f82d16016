package org.postel.mailbox.dkim;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.postel.mail.AddressSyntaxException;
import org.postel.mail.Domain;
import org.postel.mailbox.storage.StoreException;
import org.postel.trust.dkim.Algorithm;
import org.postel.trust.dkim.DkimKeyPair;

/** The keys of our domains: a domain that has none gets its first ones when somebody asks. Any thread may use it. */
public final class DkimKeys {

    private static final int MOST_REMEMBERED = 10_000;
    // A key that was changed on another instance signs so much longer here, and stays published for days.
    private static final Duration REMEMBERED = Duration.ofSeconds(30);
    private static final int MOST_A_DAY = 20;

    private final KeyStore store;
    private final Predicate<String> ours;
    private final Clock clock;
    private final Cache<String, Keyring> remembered = Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).expireAfterWrite(REMEMBERED).build();

    /** @param ours whether a canonical name is that of a domain of ours */
    public DkimKeys(KeyStore store, Predicate<String> ours, Clock clock) {
        this.store = store;
        this.ours = ours;
        this.clock = clock;
    }

    /**
     * Who signs.
     *
     * @param domain of ours
     * @param keys   that sign now
     */
    public record Signers(String domain, List<DomainKey> keys) {}

    /** Who signs for a name: that domain, or the nearest above it that is ours, such as for the name of a host. */
    public Optional<Signers> signers(String name) {
        Optional<String> domain = Optional.empty();
        for (String above = canonical(name).orElse(""); !above.isEmpty() && domain.isEmpty(); above = parent(above)) {
            domain = Optional.of(above).filter(this::isOurs);
        }
        return domain.map(found -> new Signers(found, ring(found).signing(clock.instant())));
    }

    /**
     * Signs a hash with a key of a domain, also with one that has been replaced just now.
     *
     * @throws StoreException NOT_FOUND when there is no such key
     */
    public byte[] sign(String domain, String selector, byte[] hash) {
        Keyring known = remembered.getIfPresent(domain);
        return find(known == null ? List.of() : known.keys(), selector).or(() -> find(store.of(domain), selector))
                .orElseThrow(() -> new StoreException(StoreException.Problem.NOT_FOUND, "no such key")).pair().sign(hash);
    }

    /**
     * All keys of a domain that are published or to be published.
     *
     * @param domain canonical
     * @return empty when it is none of ours
     */
    public Optional<Keyring> of(String domain) {
        return ours.test(domain) ? Optional.of(withFirst(domain, read(domain))) : Optional.empty();
    }

    /** Makes keys that are to take the place of those that sign, unless there are such. */
    Keyring prepare(String domain) {
        Keyring before = read(domain);
        for (Algorithm algorithm : Algorithm.values()) {
            if (before.waiting().stream().noneMatch(key -> key.algorithm() == algorithm)) {
                make(domain, algorithm);
            }
        }
        return read(domain);
    }

    /** Lets the keys that wait sign from now on. */
    Keyring begin(String domain) {
        Instant now = clock.instant();
        read(domain).waiting().forEach(key -> store.begin(key, now));
        return read(domain);
    }

    /** Forgets keys for good. */
    void remove(String domain, List<DomainKey> keys) {
        keys.forEach(store::remove);
        remembered.invalidate(domain);
    }

    /** The domain is ours no more: its keys are forgotten. */
    public void forget(String domain) {
        canonical(domain).ifPresent(name -> remove(name, store.of(name)));
    }

    private void make(String domain, Algorithm algorithm) {
        DkimKeyPair pair = DkimKeyPair.generate(algorithm);
        for (int number = 1; number <= MOST_A_DAY; number++) {
            if (store.add(new DomainKey(domain, selector(algorithm, number), pair, clock.instant(), Optional.empty()))) {
                return;
            }
        }
        throw new StoreException(StoreException.Problem.LIMIT, "at most " + MOST_A_DAY + " keys of one kind a day");
    }

    private Keyring ring(String domain) {
        Keyring known = remembered.getIfPresent(domain);
        return known == null ? withFirst(domain, read(domain)) : known;
    }

    /** The first keys sign at once: a signature that nobody can check yet is no worse than none. */
    private Keyring withFirst(String domain, Keyring before) {
        Instant now = clock.instant();
        List<Algorithm> missing = List.of(Algorithm.values()).stream()
                .filter(algorithm -> before.keys().stream().noneMatch(key -> key.algorithm() == algorithm)).toList();
        // Where it is taken another instance was faster, and that key is as good.
        missing.forEach(algorithm -> store.add(new DomainKey(domain, selector(algorithm, 1), DkimKeyPair.generate(algorithm), now, Optional.of(now))));
        return missing.isEmpty() ? before : read(domain);
    }

    private Keyring read(String domain) {
        Keyring keys = new Keyring(store.of(domain));
        remembered.put(domain, keys);
        return keys;
    }

    private boolean isOurs(String domain) {
        return remembered.getIfPresent(domain) != null || ours.test(domain);
    }

    private static Optional<DomainKey> find(List<DomainKey> keys, String selector) {
        return keys.stream().filter(key -> key.selector().equals(selector)).findFirst();
    }

    // The date tells an operator which record is old.
    private String selector(Algorithm algorithm, int number) {
        String date = DateTimeFormatter.BASIC_ISO_DATE.format(clock.instant().atZone(ZoneOffset.UTC).toLocalDate());
        return switch (algorithm) {
            case RSA_SHA256 -> "rsa";
            case ED25519_SHA256 -> "ed";
        } + date + (number == 1 ? "" : "-" + number);
    }

    private static Optional<String> canonical(String name) {
        try {
            return Optional.of(Domain.parse(name).canonical());
        } catch (AddressSyntaxException e) {
            return Optional.empty();
        }
    }

    private static String parent(String domain) {
        int dot = domain.indexOf('.');
        return dot < 0 ? "" : domain.substring(dot + 1);
    }
}
