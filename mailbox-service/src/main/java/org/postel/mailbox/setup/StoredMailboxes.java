package org.postel.mailbox.setup;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.postel.mailbox.api.v1.ChangesChunk;
import org.postel.mailbox.api.v1.ChangesRequest;
import org.postel.mailbox.api.v1.ContentRequest;
import org.postel.mailbox.api.v1.CopyRequest;
import org.postel.mailbox.api.v1.CopyResponse;
import org.postel.mailbox.api.v1.ExpungeRequest;
import org.postel.mailbox.api.v1.ExpungeResponse;
import org.postel.mailbox.api.v1.MailboxHeader;
import org.postel.mailbox.api.v1.MessagesChunk;
import org.postel.mailbox.api.v1.MessagesRequest;
import org.postel.mailbox.api.v1.OpenRequest;
import org.postel.mailbox.api.v1.SearchChunk;
import org.postel.mailbox.api.v1.SearchRequest;
import org.postel.mailbox.api.v1.SnapshotChunk;
import org.postel.mailbox.api.v1.SortChunk;
import org.postel.mailbox.api.v1.SortRequest;
import org.postel.mailbox.api.v1.StoreRequest;
import org.postel.mailbox.api.v1.StoreResponse;
import org.postel.mailbox.api.v1.SummariesChunk;
import org.postel.mailbox.api.v1.SummariesRequest;
import org.postel.mailbox.api.v1.ThreadChunk;
import org.postel.mailbox.api.v1.ThreadRequest;
import org.postel.mailbox.api.v1.VanishedChunk;
import org.postel.mailbox.api.v1.VanishedRequest;
import org.postel.mailbox.search.MailboxOrder;
import org.postel.mailbox.search.MailboxSearch;
import org.postel.mailbox.storage.Mailboxes;
import org.postel.mailbox.storage.Quotas;
import org.postel.mailbox.store.MailboxCopier;
import org.postel.mailbox.store.MailboxReader;
import org.postel.mailbox.store.MailboxStore;
import org.postel.mailbox.store.MailboxView;
import org.postel.mailbox.store.MailboxWriter;
import org.postel.mailbox.store.SummaryReader;
import org.postel.mailbox.store.Uuids;
import org.postel.mailbox.store.VanishedReader;
import org.postel.mailbox.store.WholeMessages;
import org.postel.mailbox.tree.AccountTrees;
import org.roaringbitmap.RoaringBitmap;

/** Each call to the class that serves it. */
record StoredMailboxes(MailboxStore store, MailboxReader reader, VanishedReader vanishing, SummaryReader summaries, WholeMessages whole,
        MailboxSearch searches, MailboxOrder order, MailboxWriter writer, MailboxCopier copier, AccountTrees trees) implements Mailboxes {

    @Override
    public List<MailboxHeader> status(UUID account, List<UUID> mailboxes) {
        return store.status(account, mailboxes);
    }

    @Override
    public void open(UUID account, OpenRequest request, Consumer<SnapshotChunk> to) {
        reader.open(account, request, to);
    }

    @Override
    public void changes(UUID account, ChangesRequest request, Consumer<ChangesChunk> to) {
        reader.changes(account, request, named(account, request), to);
    }

    @Override
    public ChangesChunk poll(UUID account, ChangesRequest request) {
        return reader.poll(account, request, named(account, request));
    }

    private BooleanSupplier named(UUID account, ChangesRequest request) {
        return () -> trees.isNamed(account, Uuids.of(request.getMailboxId()), request.getName(), request.getNewest());
    }

    @Override
    public void vanished(UUID account, VanishedRequest request, Consumer<VanishedChunk> to) {
        vanishing.vanished(account, request, to);
    }

    @Override
    public void summaries(UUID account, SummariesRequest request, Consumer<SummariesChunk> to) {
        summaries.summaries(account, request, to);
    }

    @Override
    public void messages(UUID account, MessagesRequest request, Consumer<MessagesChunk> to) {
        whole.messages(account, request, to);
    }

    @Override
    public void content(UUID account, ContentRequest request, Consumer<ByteString> to) {
        reader.content(account, request, to);
    }

    @Override
    public void search(UUID account, SearchRequest request, Consumer<SearchChunk> to) {
        searches.search(account, request, to);
    }

    @Override
    public void sort(UUID account, SortRequest request, Consumer<SortChunk> to) {
        order.sort(account, request, to);
    }

    @Override
    public void thread(UUID account, ThreadRequest request, Consumer<ThreadChunk> to) {
        order.thread(account, request, to);
    }

    @Override
    public StoreResponse store(UUID account, StoreRequest request) {
        return writer.store(account, request);
    }

    @Override
    public CopyResponse copy(UUID from, UUID to, CopyRequest request, Predicate<String> keeps) {
        try (Quotas.Room _ = request.getMove() && from.equals(to) ? Quotas.Room.UNLIMITED : room(from, to, request)) {
            return copier.copy(from, to, request, keeps);
        } finally {
            if (request.getMove()) {
                trees.quotas().freed(from);
            }
        }
    }

    /** A copy counts as its source does, though they share their content. */
    private Quotas.Room room(UUID source, UUID account, CopyRequest request) {
        if (trees.quotas().limits(account).isUnlimited()) {
            return Quotas.Room.UNLIMITED;
        }
        RoaringBitmap uids = Uuids.uids(request.getUids());
        MailboxView from = reader.view(source, request.getFrom());
        return trees.quotas().admit(account, from.octets(uids), from.present(uids).getCardinality());
    }

    @Override
    public ExpungeResponse expunge(UUID account, ExpungeRequest request) {
        ExpungeResponse gone = writer.expunge(account, request);
        trees.quotas().freed(account);
        return gone;
    }

    @Override
    public void fence(UUID account, UUID mailbox, long fencingToken) {
        writer.fence(account, mailbox, fencingToken);
    }
}
