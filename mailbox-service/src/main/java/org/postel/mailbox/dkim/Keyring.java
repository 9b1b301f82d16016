package org.postel.mailbox.dkim;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.postel.trust.dkim.Algorithm;

/**
 * The keys of a domain at some moment: of each algorithm the one that began last signs. Nothing else is kept of a change of keys, so
 * instances agree without a word.
 *
 * @param keys in any order
 */
public record Keyring(List<DomainKey> keys) {

    private static final Comparator<DomainKey> BEGUN = Comparator.<DomainKey, Instant>comparing(key -> key.signsFrom().orElse(Instant.MAX))
            .thenComparing(DomainKey::selector);

    /** What a key does at a moment. */
    public enum State {
        /** It is published and does not sign yet. */
        WAITING,
        /** It signs. */
        SIGNING,
        /** It signs no more, and stays published for mail on its way. */
        RETIRED
    }

    public Keyring {
        keys = List.copyOf(keys);
    }

    /** The keys that sign, one of each algorithm. */
    public List<DomainKey> signing(Instant now) {
        return Stream.of(Algorithm.values()).flatMap(algorithm -> signing(algorithm, now).stream()).toList();
    }

    /** Those that do not sign yet. */
    public List<DomainKey> waiting() {
        return keys.stream().filter(key -> key.signsFrom().isEmpty()).toList();
    }

    /** Those whose record can go: they signed nothing for so long. */
    public List<DomainKey> obsolete(Instant now, Duration kept) {
        return keys.stream().filter(key -> retiredAt(key, now).filter(since -> !since.plus(kept).isAfter(now)).isPresent()).toList();
    }

    /** What a key of these does. */
    public State state(DomainKey key, Instant now) {
        if (key.signsFrom().isEmpty()) {
            return State.WAITING;
        }
        return retiredAt(key, now).isPresent() ? State.RETIRED : State.SIGNING;
    }

    /** When another took its place; empty while none did. */
    Optional<Instant> retiredAt(DomainKey key, Instant now) {
        return begun(key.algorithm(), now).filter(later -> BEGUN.compare(later, key) > 0).flatMap(later -> later.signsFrom().stream())
                .min(Comparator.naturalOrder());
    }

    /** When the newest was made. */
    Optional<Instant> newest() {
        return keys.stream().map(DomainKey::createdAt).max(Comparator.naturalOrder());
    }

    private Optional<DomainKey> signing(Algorithm algorithm, Instant now) {
        return begun(algorithm, now).max(BEGUN);
    }

    private Stream<DomainKey> begun(Algorithm algorithm, Instant now) {
        return keys.stream().filter(key -> key.algorithm() == algorithm && key.signsFrom().filter(from -> !from.isAfter(now)).isPresent());
    }
}
