package org.postel.mailbox.tree;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.postel.mailbox.api.v1.MailboxHeader;
import org.postel.mailbox.storage.Quota;
import org.postel.mailbox.storage.Quotas;
import org.postel.mailbox.storage.StoreException;
import org.postel.mailbox.storage.StoreException.Problem;
import org.postel.mailbox.store.MailboxStore;
import org.postel.mailbox.store.Uuids;

/**
 * The limits stand with the tree. What is held is summed from all headers every half minute that messages come, what comes here is
 * added meanwhile, and it is summed anew when it seems too much, and each second while less than a tenth of a limit is left: so nothing is
 * refused that has room but where another instance made it within the last second, and several instances together may exceed a limit by what
 * they take in within that second, unless more than a tenth of it comes within half a minute.
 */
public final class AccountQuotas implements Quotas {

    private static final Logger LOG = Logger.getLogger(AccountQuotas.class);
    private static final int MOST_HOLDINGS = 100_000;
    /** Longer than any message takes to come. */
    private static final Duration REMEMBERED = Duration.ofHours(1);

    private final TreeTable table;
    private final RecentQuotas recent;
    private final MailboxStore store;
    private final Cache<UUID, Holding> holdings = Caffeine.newBuilder().maximumSize(MOST_HOLDINGS).expireAfterAccess(REMEMBERED).build();

    AccountQuotas(TreeTable table, RecentQuotas recent, MailboxStore store) {
        this.table = table;
        this.recent = recent;
        this.store = store;
    }

    @Override
    public Quota limits(UUID account) {
        return recent.find(account).or(() -> table.quota(account)).orElseThrow(AccountQuotas::notFound);
    }

    @Override
    public void limit(UUID account, Quota quota) {
        if (!table.limit(account, quota)) {
            throw notFound();
        }
        recent.read(account, quota);
        freed(account);
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
    public List<Quota.Folder> folders(UUID account) {
        List<TreeEntry> named = existing(account).entries().values().stream().filter(entry -> entry.mailbox().isPresent()).toList();
        Map<ByteString, MailboxHeader> headers = store.status(account, named.stream().flatMap(entry -> entry.mailbox().stream()).toList()).stream()
                .collect(Collectors.toMap(MailboxHeader::getMailboxId, header -> header));
        // One that is gone since its name was read holds nothing.
        return named.stream().map(entry -> {
            MailboxHeader header = headers.getOrDefault(Uuids.toBytes(entry.mailbox().orElseThrow()), MailboxHeader.getDefaultInstance());
            return new Quota.Folder(entry.name().text(), new Quota.Held(header.getBytes(), header.getMessages()));
        }).toList();
    }

    @Override
    public Room admit(UUID account, long bytes, long messages) {
        Quota limits = limits(account);
        return limits.isUnlimited() ? Room.UNLIMITED : holding(account).admit(limits, new Quota.Held(bytes, messages), () -> held(account));
    }

    @Override
    public void check(UUID account, long bytes, long messages) {
        Quota limits = limits(account);
        if (!limits.isUnlimited()) {
            holding(account).check(limits, new Quota.Held(bytes, messages), () -> held(account));
        }
    }

    @Override
    public OptionalLong room(UUID account) {
        try {
            Quota limits = limits(account);
            return limits.isUnlimited() ? OptionalLong.empty() : holding(account).room(limits, () -> held(account));
        } catch (StoreException e) {
            LOG.debugf("room of an account is not known: %s", e.getMessage());
            return OptionalLong.empty();
        }
    }

    @Override
    public void freed(UUID account) {
        Optional.ofNullable(holdings.getIfPresent(account)).ifPresent(Holding::freed);
    }

    private Holding holding(UUID account) {
        return holdings.get(account, id -> new Holding(System::nanoTime));
    }

    private TreeState existing(UUID account) {
        TreeState tree = table.read(account);
        if (!tree.isThere()) {
            throw notFound();
        }
        return tree;
    }

    private static StoreException notFound() {
        return new StoreException(Problem.NOT_FOUND, "no such account");
    }
}
