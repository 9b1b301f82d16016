package org.postel.mailbox.intake;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.postel.mailbox.api.v1.CreateRequest;
import org.postel.mailbox.api.v1.DeliverTo;
import org.postel.mailbox.storage.StoreException;
import org.postel.mailbox.storage.StoreException.Problem;
import org.postel.mailbox.store.Uuids;
import org.postel.mailbox.tree.AccountTrees;

/** Where deliveries go: names of mailboxes looked up, remembered for a short time, and made when they are missing. */
final class DeliveryTargets {

    private static final int MOST = 100_000;
    private static final Duration REMEMBERED = Duration.ofSeconds(30);
    private static final String INBOX = "INBOX";

    private record Name(UUID account, String name) {}

    private final AccountTrees trees;
    private final Cache<Name, UUID> found = Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(REMEMBERED).build();

    DeliveryTargets(AccountTrees trees) {
        this.trees = trees;
    }

    /** @throws StoreException NOT_FOUND when there is no such account */
    UUID mailbox(DeliverTo to) {
        return to.getOrInbox() ? filed(Uuids.of(to.getAccountId()), to) : named(to);
    }

    /** Where a rule files: each time as the tree is, for what was renamed or deleted a moment ago is not to be made again. */
    private UUID filed(UUID account, DeliverTo to) {
        Optional<UUID> id = Optional.of(to.getMailboxId()).filter(octets -> !octets.isEmpty()).map(Uuids::of)
                .filter(mailbox -> trees.has(account, mailbox));
        return id.or(() -> to.getMailbox().isEmpty() ? Optional.empty() : find(account, to.getMailbox())).orElseGet(() -> inbox(account));
    }

    /** Empty also when it can be no name any more: limits may have become narrower. */
    private Optional<UUID> find(UUID account, String name) {
        try {
            return trees.find(account, name);
        } catch (StoreException e) {
            if (e.problem() == Problem.INVALID) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** @throws StoreException NOT_FOUND when there is no such account */
    UUID inbox(UUID account) {
        return named(DeliverTo.newBuilder().setAccountId(Uuids.toBytes(account)).build());
    }

    private UUID named(DeliverTo to) {
        Name name = name(to);
        UUID mailbox = found.getIfPresent(name);
        if (mailbox == null) {
            mailbox = trees.find(name.account, name.name).orElseGet(() -> create(name));
            found.put(name, mailbox);
        }
        return mailbox;
    }

    /** What was remembered is not there any more. */
    void forget(DeliverTo to) {
        found.invalidate(name(to));
    }

    private UUID create(Name name) {
        try {
            return Uuids.of(trees.create(name.account, CreateRequest.newBuilder().setName(name.name).build()).getId());
        } catch (StoreException e) {
            if (e.problem() == Problem.ALREADY_EXISTS) {
                return trees.find(name.account, name.name).orElseThrow(() -> e);
            }
            throw e;
        }
    }

    private static Name name(DeliverTo to) {
        return new Name(Uuids.of(to.getAccountId()), to.getMailbox().isEmpty() ? INBOX : to.getMailbox());
    }
}
