package org.postel.mailbox.tree;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.postel.mailbox.api.v1.MailboxHeader;
import org.postel.mailbox.storage.Quota;
import org.postel.mailbox.storage.Quotas;
import org.postel.mailbox.storage.StoreException;
import org.postel.mailbox.storage.StoreException.Problem;
import org.postel.mailbox.store.MailboxStore;

/**
 * The limits stand with the tree. What is held is summed from all headers every {@link #COUNTED} that messages come, what comes here is
 * added meanwhile, and it is summed anew whenever it seems too much: so nothing is refused that has room, and several instances
 * together may exceed a limit by what they take in within that time.
 */
public final class AccountQuotas implements Quotas {

    private static final int MOST_COUNTED = 100_000;
    private static final Duration COUNTED = Duration.ofSeconds(30);

    private final TreeTable table;
    private final RecentQuotas recent;
    private final MailboxStore store;
    private final Cache<UUID, AtomicReference<Quota.Held>> counted = Caffeine.newBuilder().maximumSize(MOST_COUNTED).expireAfterWrite(COUNTED).build();

    AccountQuotas(TreeTable table, RecentQuotas recent, MailboxStore store) {
        this.table = table;
        this.recent = recent;
        this.store = store;
    }

    @Override
    public Quota limits(UUID account) {
        return recent.find(account).orElseGet(() -> {
            existing(account);
            return recent.find(account).orElse(Quota.UNLIMITED);
        });
    }

    @Override
    public void limit(UUID account, Quota quota) {
        if (!table.limit(account, quota)) {
            throw new StoreException(Problem.NOT_FOUND, "no such account");
        }
        recent.read(account, quota);
    }

    @Override
    public Quota.Held held(UUID account) {
        List<UUID> mailboxes = existing(account).entries().values().stream().flatMap(entry -> entry.mailbox().stream()).toList();
        Quota.Held held = new Quota.Held(0, 0);
        for (MailboxHeader header : store.status(account, mailboxes)) {
            held = held.plus(header.getBytes(), header.getMessages());
        }
        return held;
    }

    @Override
    public void admit(UUID account, long bytes, long messages) {
        room(account, bytes, messages).ifPresent(held -> held.updateAndGet(now -> now.plus(bytes, messages)));
    }

    @Override
    public void check(UUID account, long bytes, long messages) {
        room(account, bytes, messages);
    }

    /** What is counted of an account that has a limit, and room for this. */
    private Optional<AtomicReference<Quota.Held>> room(UUID account, long bytes, long messages) {
        Quota limits = limits(account);
        if (limits.isUnlimited()) {
            return Optional.empty();
        }
        AtomicReference<Quota.Held> held = counted.get(account, id -> new AtomicReference<>(held(id)));
        if (!limits.admits(held.get().plus(bytes, messages))) {
            held = new AtomicReference<>(held(account));
            if (!limits.admits(held.get().plus(bytes, messages))) {
                throw new StoreException(Problem.OVER_QUOTA, "the account is full");
            }
            counted.put(account, held);
        }
        return Optional.of(held);
    }

    private TreeState existing(UUID account) {
        TreeState tree = table.read(account);
        if (!tree.isThere()) {
            throw new StoreException(Problem.NOT_FOUND, "no such account");
        }
        return tree;
    }
}
