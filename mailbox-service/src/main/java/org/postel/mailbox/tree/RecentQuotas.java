package org.postel.mailbox.tree;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.postel.mailbox.storage.Quota;

/** What accounts may hold, as it was read with their trees of late: so a message costs no read of its own. */
final class RecentQuotas {

    private static final int MOST = 100_000;
    private static final Duration REMEMBERED = Duration.ofSeconds(60);

    private final Cache<UUID, Quota> quotas = Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(REMEMBERED).build();

    void read(UUID account, Quota quota) {
        quotas.put(account, quota);
    }

    Optional<Quota> find(UUID account) {
        return Optional.ofNullable(quotas.getIfPresent(account));
    }
}
