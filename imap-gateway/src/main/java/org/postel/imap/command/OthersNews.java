package org.postel.imap.command;

import com.google.protobuf.ByteString;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Being told of other accounts: whose mailbox is selected, and whose mailboxes are watched with NOTIFY. */
final class OthersNews implements AutoCloseable {

    private final News.Listener listener;
    private final Map<ByteString, News.Subscription> subscriptions = new HashMap<>();
    private Set<ByteString> selected = Set.of();
    private Set<ByteString> watched = Set.of();

    /** @param listener told of these and of no other account: of one it hears once, however it is of interest */
    OthersNews(News.Listener listener) {
        this.listener = listener;
    }

    /** @param owner of the selected mailbox; empty for one's own */
    void select(News news, ByteString owner) {
        selected = owner.isEmpty() ? Set.of() : Set.of(owner);
        subscribe(news);
    }

    void watch(News news, Set<ByteString> owners) {
        watched = owners;
        subscribe(news);
    }

    private void subscribe(News news) {
        Set<ByteString> wanted = new HashSet<>(selected);
        wanted.addAll(watched);
        subscriptions.entrySet().removeIf(each -> {
            if (wanted.contains(each.getKey())) {
                return false;
            }
            each.getValue().close();
            return true;
        });
        wanted.forEach(owner -> subscriptions.computeIfAbsent(owner, id -> news.subscribe(id, listener)));
    }

    @Override
    public void close() {
        subscriptions.values().forEach(News.Subscription::close);
        subscriptions.clear();
    }
}
