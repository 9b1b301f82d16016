package org.postel.mailbox.storage;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.UUID;
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

/** What is in the mailboxes. Each call throws {@link StoreException}; a mailbox of another account is NOT_FOUND. */
public interface Mailboxes {

    /** The headers, in the order asked; one that is gone is left out. */
    List<MailboxHeader> status(UUID account, List<UUID> mailboxes);

    /** The whole state, in chunks of UID order, the header in the first. */
    void open(UUID account, OpenRequest request, Consumer<SnapshotChunk> to);

    /** What happened after a MODSEQ; at least one chunk. NOT_FOUND too when the mailbox has not the name that the request gives. */
    void changes(UUID account, ChangesRequest request, Consumer<ChangesChunk> to);

    /** As {@link #changes} in one chunk; or that it would be too much. */
    ChangesChunk poll(UUID account, ChangesRequest request);

    /** The messages that left after a MODSEQ; at least one chunk. */
    void vanished(UUID account, VanishedRequest request, Consumer<VanishedChunk> to);

    /** What list views show, in UID order. */
    void summaries(UUID account, SummariesRequest request, Consumer<SummariesChunk> to);

    /** Messages whole, in UID order; what is not there is left out. */
    void messages(UUID account, MessagesRequest request, Consumer<MessagesChunk> to);

    /** Octets of one message, in pieces of at most 64 KiB. Serves an expunged message while its content is there. */
    void content(UUID account, ContentRequest request, Consumer<ByteString> to);

    /**
     * The UIDs that match, in portions as they are found, ascending; RFC 9051 §6.4.4. A long search hands on an empty portion
     * at its start and now and then, so that a reader knows that it goes on.
     */
    void search(UUID account, SearchRequest request, Consumer<SearchChunk> to);

    /** Some messages in an order of RFC 5256 §3 and RFC 5957; tells that it goes on as {@link #search} does. */
    void sort(UUID account, SortRequest request, Consumer<SortChunk> to);

    /** Some messages in threads: RFC 5256 §3; likewise. */
    void thread(UUID account, ThreadRequest request, Consumer<ThreadChunk> to);

    /** RFC 9051 §6.4.6, with UNCHANGEDSINCE of RFC 7162 §3.1.3. */
    StoreResponse store(UUID account, StoreRequest request);

    /** RFC 9051 §6.4.7 and §6.4.8. */
    default CopyResponse copy(UUID account, CopyRequest request) {
        return copy(account, account, request, flag -> true);
    }

    /**
     * Between mailboxes of two accounts.
     *
     * @param keeps which flags the copies have that the originals have
     */
    CopyResponse copy(UUID from, UUID to, CopyRequest request, Predicate<String> keeps);

    /** RFC 9051 §6.4.3 and §6.4.9, and POP3's UPDATE under a fencing token. */
    ExpungeResponse expunge(UUID account, ExpungeRequest request);

    /**
     * From now on only this fencing token or a higher one may expunge {@code by_lease}. To be called when a maildrop lease was
     * acquired, before its state is read.
     *
     * @throws StoreException LEASE_LOST when a higher one was set before
     */
    void fence(UUID account, UUID mailbox, long fencingToken);
}
