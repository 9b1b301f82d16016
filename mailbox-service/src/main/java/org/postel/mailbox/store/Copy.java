package org.postel.mailbox.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import org.postel.mailbox.content.Link;
import org.postel.mailbox.content.LinksLater;
import org.postel.mailbox.content.PromisedLinks.Promised;
import org.roaringbitmap.RoaringBitmap;

/**
 * One COPY under way: messages are read in portions, gathered, and committed once all are there or no more fit. Their links are
 * promised before, and written after.
 */
final class Copy {

    /** Messages in one read. */
    private static final int PORTION = 500;
    /** Messages in one commit: a batch has less than 65,536 statements, and each message takes one. */
    private static final int MOST = 60_000;

    private final MailboxStore store;
    private final Source source;
    private final UUID account;
    private final UUID to;
    private final long octets;
    private final LinksLater links;
    private final List<NewMessage> gathered = new ArrayList<>();
    private final RoaringBitmap gatheredUids = new RoaringBitmap();
    private final RoaringBitmap copied = new RoaringBitmap();
    private final RoaringBitmap copies = new RoaringBitmap();
    private long weight;

    /** Where from, and which flags go along. */
    record Source(UUID account, UUID mailbox, Predicate<String> keeps) {}

    /**
     * @param account whose the destination is
     * @param octets  of rows that one commit may carry
     */
    Copy(MailboxStore store, LinksLater links, Source source, UUID account, UUID to, long octets) {
        this.store = store;
        this.source = source;
        this.account = account;
        this.to = to;
        this.octets = octets;
        this.links = links;
    }

    /** Copies those that are there; all or none as far as one commit carries. */
    void run(RoaringBitmap asked) {
        SequencedMap<Long, List<String>> flags = flags(asked);
        List<Long> uids = List.copyOf(flags.keySet());
        try {
            for (int at = 0; at < uids.size(); at += PORTION) {
                read(uids.subList(at, Math.min(uids.size(), at + PORTION)), flags);
            }
            commit();
        } catch (RuntimeException e) {
            undo(e);
            throw e;
        }
    }

    /** Of the messages that are there; the links that keep their contents now are what makes it safe to link to them unseen. */
    private SequencedMap<Long, List<String>> flags(RoaringBitmap asked) {
        return store.fresh(source.account, source.mailbox).mailbox().read(now -> {
            SequencedMap<Long, List<String>> flags = new TreeMap<>();
            RoaringBitmap.and(asked, now.state().uids()).forEach((int uid) -> flags.put(Integer.toUnsignedLong(uid), now.state().flagsOf(uid).stream().filter(source.keeps).toList()));
            return flags;
        });
    }

    private void read(List<Long> uids, Map<Long, List<String>> flags) {
        long uidFrom = store.uidFrom(account, to);
        store.log().summarized(source.mailbox, uids, (row, summary) -> gather(row.getUid(), new NewMessage(
                Uuids.of(row.getMessageId()), Link.unique(to, uidFrom), row.getSize(), row.getInternalDate(), row.getInternalDateZone(),
                flags.get(Integer.toUnsignedLong(row.getUid())), row.getPrefix(), summary)));
    }

    private void gather(int uid, NewMessage message) {
        if (!gathered.isEmpty() && (weight + message.weight() > octets || gathered.size() >= MOST)) {
            commit();
        }
        gathered.add(message);
        gatheredUids.add(uid);
        weight += message.weight();
    }

    private void commit() {
        if (gathered.isEmpty()) {
            return;
        }
        Runnable write = links.promise(gathered.stream().map(message -> new Promised(message.message(), message.link())).toList());
        try {
            copies.or(store.add(account, to, gathered).uids());
        } finally {
            write.run();
        }
        copied.or(gatheredUids);
        gathered.clear();
        gatheredUids.clear();
        weight = 0;
    }

    private void undo(RuntimeException failure) {
        if (copies.isEmpty()) {
            return;
        }
        try {
            store.submit(account, to, new Expunge(Optional.of(copies), new Expunge.Which.Named(OptionalLong.empty())));
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    /** UIDs in the source. */
    RoaringBitmap copied() {
        return copied;
    }

    /** UIDs in the destination, as many, in the same order. */
    RoaringBitmap copies() {
        return copies;
    }
}
