package org.postel.mailbox.directory;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.postel.mailbox.directory.DirectoryStore.AddressEntry;

/** Lists addresses in parts, by domain and then by local part. */
public final class Listing {

    /** Addresses that are looked at for one part: of a domain with many aliases and no account a list of accounts is empty, and not slow. */
    private static final int MOST_LOOKED_AT = 10_000;

    private final DirectoryStore store;
    private int looked;

    Listing(DirectoryStore store) {
        this.store = store;
    }

    /**
     * A part of a list; it may be short, or empty, and have a next one.
     *
     * @param next what the next part comes after; empty at the end
     */
    public record Part<T>(List<T> items, Optional<String> next) {}

    <T> Part<T> part(List<String> domains, Optional<String> after, int limit, Function<AddressEntry, Optional<T>> wanted) throws DirectoryException {
        Optional<CanonicalAddress> last = last(after);
        List<T> items = new ArrayList<>();
        looked = 0;
        for (String domain : domains.stream().sorted().toList()) {
            int order = last.map(address -> domain.compareTo(address.domain())).orElse(1);
            Optional<String> next = order < 0 ? Optional.empty()
                    : of(domain, order == 0 ? last.map(CanonicalAddress::localPart) : Optional.empty(), limit, items, wanted);
            if (next.isPresent()) {
                return new Part<>(items, next);
            }
        }
        return new Part<>(items, Optional.empty());
    }

    /** The address at which the part is full; empty: the domain is at its end. */
    private <T> Optional<String> of(String domain, Optional<String> after, int limit, List<T> items, Function<AddressEntry, Optional<T>> wanted) {
        Optional<String> from = after;
        while (true) {
            List<AddressEntry> entries = store.addresses(domain, from, limit);
            for (AddressEntry entry : entries) {
                looked++;
                wanted.apply(entry).ifPresent(items::add);
                if (items.size() == limit || looked == MOST_LOOKED_AT) {
                    return Optional.of(entry.address().toString());
                }
            }
            if (entries.size() < limit) {
                return Optional.empty();
            }
            from = Optional.of(entries.getLast().address().localPart());
        }
    }

    private static Optional<CanonicalAddress> last(Optional<String> after) throws DirectoryException {
        Optional<CanonicalAddress> last = after.flatMap(CanonicalAddress::ofAlias);
        if (after.isPresent() && last.isEmpty()) {
            throw new DirectoryException(DirectoryException.Fault.INVALID, "\"after\" is the last address of the part before");
        }
        return last;
    }
}
