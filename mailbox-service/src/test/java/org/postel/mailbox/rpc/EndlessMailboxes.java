package org.postel.mailbox.rpc;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.postel.mailbox.api.UidSet;
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
import org.postel.mailbox.storage.Mailboxes;
import org.postel.mailbox.storage.StoreException;
import org.roaringbitmap.RoaringBitmap;

/** A store whose messages have as many octets as are asked for; it counts what it hands out. */
final class EndlessMailboxes implements Mailboxes {

    static final int CHUNK = 64 << 10;

    final AtomicLong handedOut = new AtomicLong();
    final CountDownLatch broken = new CountDownLatch(1);

    @Override
    public void messages(UUID account, MessagesRequest request, Consumer<MessagesChunk> to) {
        throw new UnsupportedOperationException("nobody asks for whole messages here");
    }

    @Override
    public void content(UUID account, ContentRequest request, Consumer<ByteString> to) {
        ByteString chunk = ByteString.copyFrom(new byte[CHUNK]);
        try {
            for (long sent = 0; sent < request.getLength(); sent += CHUNK) {
                handedOut.addAndGet(CHUNK);
                to.accept(chunk);
            }
        } catch (RuntimeException e) {
            broken.countDown();
            throw e;
        }
    }

    @Override
    public List<MailboxHeader> status(UUID account, List<UUID> mailboxes) {
        return List.of(MailboxHeader.newBuilder().setMailboxId(Ids.octets(account)).build());
    }

    @Override
    public void open(UUID account, OpenRequest request, Consumer<SnapshotChunk> to) {
        throw new StoreException(StoreException.Problem.NOT_FOUND, "no such mailbox");
    }

    @Override
    public void changes(UUID account, ChangesRequest request, Consumer<ChangesChunk> to) {
        throw new IllegalStateException("a secret of the inside");
    }

    @Override
    public ChangesChunk poll(UUID account, ChangesRequest request) {
        throw new IllegalStateException("a secret of the inside");
    }

    @Override
    public void vanished(UUID account, VanishedRequest request, Consumer<VanishedChunk> to) {
        throw new StoreException(StoreException.Problem.NOT_FOUND, "no such mailbox");
    }

    @Override
    public void summaries(UUID account, SummariesRequest request, Consumer<SummariesChunk> to) {
        throw new StoreException(StoreException.Problem.UNAVAILABLE, "node 10.0.0.7 is down");
    }

    @Override
    public void search(UUID account, SearchRequest request, Consumer<SearchChunk> to) {
        to.accept(SearchChunk.newBuilder().setUids(UidSet.toBytes(RoaringBitmap.bitmapOf(1, 2, 3))).build());
    }

    @Override
    public void sort(UUID account, SortRequest request, Consumer<SortChunk> to) {
        throw new StoreException(StoreException.Problem.LIMIT, "it took too long");
    }

    @Override
    public void thread(UUID account, ThreadRequest request, Consumer<ThreadChunk> to) {
        throw new StoreException(StoreException.Problem.LIMIT, "it took too long");
    }

    @Override
    public StoreResponse store(UUID account, StoreRequest request) {
        throw new StoreException(StoreException.Problem.LIMIT, "too many keywords");
    }

    @Override
    public CopyResponse copy(UUID from, UUID to, CopyRequest request, Predicate<String> keeps) {
        throw new StoreException(StoreException.Problem.PRECONDITION, "not selectable");
    }

    @Override
    public ExpungeResponse expunge(UUID account, ExpungeRequest request) {
        throw new StoreException(StoreException.Problem.LEASE_LOST, "the lease was lost");
    }

    @Override
    public void fence(UUID account, UUID mailbox, long fencingToken) {
        handedOut.set(fencingToken);
    }
}
