package org.postel.mailbox.store;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.postel.mailbox.api.UidSet;
import org.postel.mailbox.api.v1.CopyRequest;
import org.postel.mailbox.api.v1.CopyResponse;
import org.postel.mailbox.api.v1.MessageRow;
import org.postel.mailbox.api.v1.MessageSummary;
import org.postel.mailbox.content.Link;
import org.postel.mailbox.storage.StoreException;
import org.postel.mailbox.storage.StoreException.Problem;
import org.roaringbitmap.RoaringBitmap;

/**
 * COPY and MOVE: no content is copied, each copy is a link and a row. Many messages go in portions; when one fails, what was
 * copied before goes again, so that the destination is as it was (RFC 9051 §6.4.7).
 */
public final class MailboxCopier {

    private static final int PORTION = 50;

    private final MailboxStore store;

    public MailboxCopier(MailboxStore store) {
        this.store = store;
    }

    /** Copies; with {@code move} the source's messages go then. */
    public CopyResponse copy(UUID account, CopyRequest request) {
        UUID from = Uuids.of(request.getFrom());
        UUID to = Uuids.of(request.getTo());
        Copy copy = new Copy(account, from, to);
        List<Integer> uids = present(account, from, Uuids.uids(request.getUids()));
        try {
            for (int at = 0; at < uids.size(); at += PORTION) {
                copy.portion(uids.subList(at, Math.min(uids.size(), at + PORTION)));
            }
        } catch (StoreException e) {
            copy.undo();
            throw e;
        }
        long modseq = 0;
        if (request.getMove()) {
            modseq = store.submit(account, from, new Expunge(Optional.of(copy.copied), new Expunge.Which.Named(OptionalLong.empty()))).modseq();
        }
        return copy.response(modseq);
    }

    private List<Integer> present(UUID account, UUID mailbox, RoaringBitmap asked) {
        RoaringBitmap present = store.fresh(account, mailbox).mailbox().read(now -> RoaringBitmap.and(asked, now.state().uids()));
        List<Integer> uids = new ArrayList<>();
        present.forEach((int uid) -> uids.add(uid));
        return uids;
    }

    /** One COPY under way. */
    private final class Copy {

        private final UUID account;
        private final UUID from;
        private final UUID to;
        private final int uidValidity;
        private final RoaringBitmap copied = new RoaringBitmap();
        private final RoaringBitmap copies = new RoaringBitmap();

        Copy(UUID account, UUID from, UUID to) {
            this.account = account;
            this.from = from;
            this.to = to;
            this.uidValidity = store.fresh(account, to).mailbox().header().mailbox().getUidValidity();
        }

        void portion(List<Integer> uids) {
            List<Long> positions = uids.stream().map(Integer::toUnsignedLong).toList();
            Map<Integer, MessageRow> rows = new HashMap<>();
            Map<Integer, MessageSummary> summaries = new HashMap<>();
            store.log().some(from, MailboxLog.MESSAGE, positions, MessageRow.parser(), (uid, row) -> rows.put(uid.intValue(), row));
            store.log().some(from, MailboxLog.SUMMARY, positions, MessageSummary.parser(), (uid, row) -> summaries.put(uid.intValue(), row));
            List<Integer> there = uids.stream().filter(rows::containsKey).toList();
            Map<Integer, List<String>> flags = flags(there);
            long uidFrom = store.uidFrom(account, to);
            List<NewMessage> messages = new ArrayList<>();
            for (int uid : there) {
                MessageRow row = rows.get(uid);
                ByteString summary = summaries.containsKey(uid) ? summaries.get(uid).toByteString() : ByteString.EMPTY;
                messages.add(new NewMessage(Uuids.of(row.getMessageId()), Link.unique(to, uidFrom), row.getSize(), row.getInternalDate(),
                        row.getInternalDateZone(), flags.get(uid), row.getPrefix(), summary));
            }
            if (!messages.isEmpty()) {
                link(messages);
                copies.or(store.add(account, to, messages).uids());
                there.forEach(copied::add);
            }
        }

        private Map<Integer, List<String>> flags(List<Integer> uids) {
            return store.fresh(account, from).mailbox().read(now -> {
                Map<Integer, List<String>> flags = new HashMap<>();
                uids.forEach(uid -> flags.put(uid, now.state().flagsOf(uid)));
                return flags;
            });
        }

        private void link(List<NewMessage> messages) {
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<OptionalLong>> linked = messages.stream().map(message -> threads.submit(
                        () -> store.contents().link(message.message(), List.of(message.link())))).toList();
                for (Future<OptionalLong> one : linked) {
                    if (one.get().isEmpty()) {
                        throw new StoreException(Problem.NOT_FOUND, "a message is gone");
                    }
                }
            } catch (ExecutionException e) {
                throw e.getCause() instanceof StoreException cause ? cause : new StoreException(Problem.UNAVAILABLE, "cannot link", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StoreException(Problem.UNAVAILABLE, "interrupted", e);
            }
        }

        void undo() {
            if (!copies.isEmpty()) {
                store.submit(account, to, new Expunge(Optional.of(copies), new Expunge.Which.Named(OptionalLong.empty())));
            }
        }

        CopyResponse response(long fromModseq) {
            return CopyResponse.newBuilder().setUidValidity(uidValidity).setFromUids(UidSet.toBytes(copied))
                    .setToUids(UidSet.toBytes(copies)).setFromModseq(fromModseq).build();
        }
    }
}
