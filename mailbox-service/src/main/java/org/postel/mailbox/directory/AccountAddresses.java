package org.postel.mailbox.directory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.postel.mailbox.sharing.Addresses;

/** The accounts of the directory by their addresses; an account keeps its address, so that is remembered. */
public final class AccountAddresses implements Addresses {

    private final DirectoryStore store;
    private final AddressBook book;
    private final Cache<UUID, String> remembered = Caffeine.newBuilder().maximumSize(100_000).expireAfterWrite(Duration.ofMinutes(1)).build();

    public AccountAddresses(DirectoryStore store, AddressBook book) {
        this.store = store;
        this.book = book;
    }

    @Override
    public Optional<UUID> account(String address) {
        return CanonicalAddress.of(address).flatMap(book::accountOf).map(Account::id);
    }

    @Override
    public Optional<String> address(UUID account) {
        return Optional.ofNullable(remembered.get(account, id -> store.account(id).map(Account::address).orElse(null)));
    }
}
