package org.postel.imap.command;

import java.util.Iterator;
import org.postel.mailbox.api.v1.AccountQuota;
import org.postel.mailbox.api.v1.Acl;
import org.postel.mailbox.api.v1.AppendAllResponse;
import org.postel.mailbox.api.v1.AppendResponse;
import org.postel.mailbox.api.v1.AppendStart;
import org.postel.mailbox.api.v1.AppendWholeRequest;
import org.postel.mailbox.api.v1.ChangesChunk;
import org.postel.mailbox.api.v1.ChangesRequest;
import org.postel.mailbox.api.v1.ContentChunk;
import org.postel.mailbox.api.v1.ContentRequest;
import org.postel.mailbox.api.v1.CopyRequest;
import org.postel.mailbox.api.v1.CopyResponse;
import org.postel.mailbox.api.v1.CreateRequest;
import org.postel.mailbox.api.v1.DeleteRequest;
import org.postel.mailbox.api.v1.ExpungeRequest;
import org.postel.mailbox.api.v1.ExpungeResponse;
import org.postel.mailbox.api.v1.GetAclRequest;
import org.postel.mailbox.api.v1.GetMetadataRequest;
import org.postel.mailbox.api.v1.GetMetadataResponse;
import org.postel.mailbox.api.v1.Mailbox;
import org.postel.mailbox.api.v1.MailboxTree;
import org.postel.mailbox.api.v1.MessagesChunk;
import org.postel.mailbox.api.v1.MessagesRequest;
import org.postel.mailbox.api.v1.OpenRequest;
import org.postel.mailbox.api.v1.RenameRequest;
import org.postel.mailbox.api.v1.SearchChunk;
import org.postel.mailbox.api.v1.SearchRequest;
import org.postel.mailbox.api.v1.SetAclRequest;
import org.postel.mailbox.api.v1.SetMetadataRequest;
import org.postel.mailbox.api.v1.SetMetadataResponse;
import org.postel.mailbox.api.v1.SetQuotaRequest;
import org.postel.mailbox.api.v1.SnapshotChunk;
import org.postel.mailbox.api.v1.SortChunk;
import org.postel.mailbox.api.v1.SortRequest;
import org.postel.mailbox.api.v1.StatusRequest;
import org.postel.mailbox.api.v1.StatusResponse;
import org.postel.mailbox.api.v1.StoreRequest;
import org.postel.mailbox.api.v1.StoreResponse;
import org.postel.mailbox.api.v1.SubscribeRequest;
import org.postel.mailbox.api.v1.SummariesChunk;
import org.postel.mailbox.api.v1.SummariesRequest;
import org.postel.mailbox.api.v1.ThreadChunk;
import org.postel.mailbox.api.v1.ThreadRequest;
import org.postel.mailbox.api.v1.VanishedChunk;
import org.postel.mailbox.api.v1.VanishedRequest;

/**
 * The mail of one account; each call as {@code mailboxes.proto} says. Every failure is a
 * {@link org.postel.mailbox.api.MailboxServiceException}.
 */
public interface Mail {

    /** Fails with UNAUTHENTICATED when what opened the session would not open it any more, with UNAVAILABLE while nobody can say. */
    void prove();

    MailboxTree tree();

    /** What {@link #tree()} has under this name, at the same cost however many names there are. Others may be told too. */
    MailboxTree tree(String name);

    Mailbox create(CreateRequest request);

    void delete(DeleteRequest request);

    void rename(RenameRequest request);

    void subscribe(SubscribeRequest request);

    StatusResponse status(StatusRequest request);

    /** @param address of the account; empty: the session's own */
    AccountQuota quota(String address);

    AccountQuota setQuota(SetQuotaRequest request);

    Acl acl(GetAclRequest request);

    void setAcl(SetAclRequest request);

    GetMetadataResponse metadata(GetMetadataRequest request);

    SetMetadataResponse setMetadata(SetMetadataRequest request);

    Stream<SnapshotChunk> open(OpenRequest request);

    Stream<ChangesChunk> changes(ChangesRequest request);

    Stream<VanishedChunk> vanished(VanishedRequest request);

    Stream<SummariesChunk> summaries(SummariesRequest request);

    Stream<MessagesChunk> messages(MessagesRequest request);

    Stream<ContentChunk> content(ContentRequest request);

    Stream<SearchChunk> search(SearchRequest request);

    Stream<SortChunk> sort(SortRequest request);

    Stream<ThreadChunk> thread(ThreadRequest request);

    AppendResponse append(AppendWholeRequest request);

    Batch appendAll();

    StoreResponse store(StoreRequest request);

    CopyResponse copy(CopyRequest request);

    ExpungeResponse expunge(ExpungeRequest request);

    /** Messages that come one at a time, as fast as they are taken. Close it. */
    interface Stream<T> extends Iterator<T>, AutoCloseable {

        @Override
        void close();
    }

    /** Messages on their way into a mailbox, one after the other. Closed before {@link #finish}, none is stored. */
    interface Batch extends AutoCloseable {

        /** The next message begins; the one before is whole. */
        void begin(AppendStart start);

        void write(byte[] octets, int offset, int length);

        /** What came is all; the answer means that they are durable. */
        AppendAllResponse finish();

        @Override
        void close();
    }
}
