package org.postel.imap.command;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.protobuf.ByteString;
import java.util.Optional;
import org.postel.imap.session.MailboxView;
import org.postel.mailbox.api.MailboxState;

/**
 * The states of mailboxes that sessions of this process have left: who selects one again is told what changed since then,
 * not the whole. Bounded by octets. Nothing of a state is shown before mailbox-service has said to this session what changed,
 * and so that the mailbox still is its account's and has that name.
 */
public final class LeftMailboxes {

    private record Key(ByteString accountId, String name) {}

    /** @param state never changed from here on */
    record Left(ByteString mailboxId, MailboxState state) {

        private int weight() {
            return (int) Math.min(Integer.MAX_VALUE, state.weight());
        }
    }

    private final Cache<Key, Left> mailboxes;

    /** @param octets about as many in memory at most */
    public LeftMailboxes(long octets) {
        mailboxes = Caffeine.newBuilder().maximumWeight(octets).weigher((Key key, Left left) -> left.weight()).build();
    }

    /** Keeps what a session knew, which uses its view no more. */
    void add(ByteString accountId, String name, MailboxView view) {
        if (!view.torn()) {
            mailboxes.put(new Key(accountId, name), new Left(view.mailboxId(), view.state()));
        }
    }

    Optional<Left> find(ByteString accountId, String name) {
        return Optional.ofNullable(mailboxes.getIfPresent(new Key(accountId, name)));
    }

    /** It is of no use any more. */
    void forget(ByteString accountId, String name) {
        mailboxes.invalidate(new Key(accountId, name));
    }
}
