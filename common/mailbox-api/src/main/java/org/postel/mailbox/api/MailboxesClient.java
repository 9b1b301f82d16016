package org.postel.mailbox.api;

import com.google.protobuf.ByteString;
import org.postel.mailbox.api.v1.AccountQuota;
import org.postel.mailbox.api.v1.Acl;
import org.postel.mailbox.api.v1.AcquireMaildropRequest;
import org.postel.mailbox.api.v1.AppendRequest;
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
import org.postel.mailbox.api.v1.DeleteResponse;
import org.postel.mailbox.api.v1.ExpungeRequest;
import org.postel.mailbox.api.v1.ExpungeResponse;
import org.postel.mailbox.api.v1.GetAclRequest;
import org.postel.mailbox.api.v1.GetMetadataRequest;
import org.postel.mailbox.api.v1.GetMetadataResponse;
import org.postel.mailbox.api.v1.Mailbox;
import org.postel.mailbox.api.v1.MailboxTree;
import org.postel.mailbox.api.v1.MailboxesGrpc;
import org.postel.mailbox.api.v1.MaildropLease;
import org.postel.mailbox.api.v1.MessagesChunk;
import org.postel.mailbox.api.v1.MessagesRequest;
import org.postel.mailbox.api.v1.OpenRequest;
import org.postel.mailbox.api.v1.QuotaRequest;
import org.postel.mailbox.api.v1.ReleaseMaildropRequest;
import org.postel.mailbox.api.v1.ReleaseMaildropResponse;
import org.postel.mailbox.api.v1.RenameRequest;
import org.postel.mailbox.api.v1.RenameResponse;
import org.postel.mailbox.api.v1.RenewMaildropRequest;
import org.postel.mailbox.api.v1.SearchChunk;
import org.postel.mailbox.api.v1.SearchRequest;
import org.postel.mailbox.api.v1.Session;
import org.postel.mailbox.api.v1.SetAclRequest;
import org.postel.mailbox.api.v1.SetAclResponse;
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
import org.postel.mailbox.api.v1.SubscribeResponse;
import org.postel.mailbox.api.v1.SummariesChunk;
import org.postel.mailbox.api.v1.SummariesRequest;
import org.postel.mailbox.api.v1.ThreadChunk;
import org.postel.mailbox.api.v1.ThreadRequest;
import org.postel.mailbox.api.v1.TreeRequest;
import org.postel.mailbox.api.v1.VanishedChunk;
import org.postel.mailbox.api.v1.VanishedRequest;

/**
 * The service Mailboxes for one session; each call as {@code mailboxes.proto} says. Goes to the pod where the account's
 * mailboxes are warm, and to another when that one cannot be reached. The session token is renewed as it ages.
 */
public final class MailboxesClient {

    private final Calls calls;
    private final Calls.Route route;
    private final ByteString accountId;
    private final SessionToken token;

    MailboxesClient(Calls calls, Session session, SessionToken token) {
        this.calls = calls;
        this.accountId = session.getAccountId();
        this.token = token;
        this.route = calls.account(accountId.toByteArray(), token::current);
    }

    private MailboxesClient(Calls calls, ByteString accountId, Calls.Route route, SessionToken token) {
        this.calls = calls;
        this.accountId = accountId;
        this.route = route;
        this.token = token;
    }

    /** The same session, for mailboxes of another account that lets it use them. */
    public MailboxesClient of(ByteString ownerId) {
        return new MailboxesClient(calls, accountId, calls.shared(ownerId.toByteArray(), token::current), token);
    }

    /** The account, 16 octets. */
    public ByteString accountId() {
        return accountId;
    }

    /**
     * Asks whether what opened the session would open it still.
     *
     * @throws MailboxServiceException UNAUTHENTICATED when it has ended; UNAVAILABLE while nobody can say
     */
    public void prove() {
        token.prove();
    }

    /** The names of all mailboxes, or what there is of one name. */
    public MailboxTree tree(TreeRequest request) {
        return calls.repeatable(route, MailboxesGrpc.getTreeMethod(), request);
    }

    /** Makes a mailbox. */
    public Mailbox create(CreateRequest request) {
        return calls.once(route, MailboxesGrpc.getCreateMethod(), request, calls.settings().deadline());
    }

    /** Removes a mailbox with its messages. */
    public DeleteResponse delete(DeleteRequest request) {
        return calls.once(route, MailboxesGrpc.getDeleteMethod(), request, calls.settings().longDeadline());
    }

    /** Renames a mailbox and its inferiors. */
    public RenameResponse rename(RenameRequest request) {
        return calls.once(route, MailboxesGrpc.getRenameMethod(), request, calls.settings().longDeadline());
    }

    /** Subscribes to a name, or no longer. */
    public SubscribeResponse subscribe(SubscribeRequest request) {
        return calls.repeatable(route, MailboxesGrpc.getSubscribeMethod(), request);
    }

    /** The headers of some mailboxes. */
    public StatusResponse status(StatusRequest request) {
        return calls.repeatable(route, MailboxesGrpc.getStatusMethod(), request);
    }

    /** What the account may hold, and holds. */
    public AccountQuota quota(QuotaRequest request) {
        return calls.repeatable(route, MailboxesGrpc.getQuotaMethod(), request);
    }

    /** Sets what an account may hold; the same again changes nothing. */
    public AccountQuota setQuota(SetQuotaRequest request) {
        return calls.repeatable(route, MailboxesGrpc.getSetQuotaMethod(), request);
    }

    /** Annotations. */
    public GetMetadataResponse getMetadata(GetMetadataRequest request) {
        return calls.repeatable(route, MailboxesGrpc.getGetMetadataMethod(), request);
    }

    /** Sets annotations. */
    public SetMetadataResponse setMetadata(SetMetadataRequest request) {
        return calls.repeatable(route, MailboxesGrpc.getSetMetadataMethod(), request);
    }

    /** Who may do what with a mailbox. */
    public Acl getAcl(GetAclRequest request) {
        return calls.repeatable(route, MailboxesGrpc.getGetAclMethod(), request);
    }

    /** Changes what another account may do with a mailbox. */
    public SetAclResponse setAcl(SetAclRequest request) {
        return calls.repeatable(route, MailboxesGrpc.getSetAclMethod(), request);
    }

    /** The whole state of a mailbox. Close the stream. */
    public MessageStream<SnapshotChunk> open(OpenRequest request) {
        return calls.stream(route, MailboxesGrpc.getOpenMethod(), request);
    }

    /** What happened after a MODSEQ. Close the stream. */
    public MessageStream<ChangesChunk> changes(ChangesRequest request) {
        return calls.stream(route, MailboxesGrpc.getChangesMethod(), request);
    }

    /** What happened after a MODSEQ, in one answer. It says {@code much}, and nothing else, when that is too much or the pod's release is older: then ask {@link #changes}. */
    public ChangesChunk poll(ChangesRequest request) {
        try {
            return calls.unary(route, MailboxesGrpc.getPollMethod(), request, true, calls.settings().stallTimeout());
        } catch (MailboxServiceException e) {
            if (e.callIsUnknown()) {
                return ChangesChunk.newBuilder().setMuch(true).build();
            }
            throw e;
        }
    }

    /** Which messages left after a MODSEQ. Close the stream. */
    public MessageStream<VanishedChunk> vanished(VanishedRequest request) {
        return calls.stream(route, MailboxesGrpc.getVanishedMethod(), request);
    }

    /** Envelope and body structure of some messages, in UID order. Close the stream. */
    public MessageStream<SummariesChunk> summaries(SummariesRequest request) {
        return calls.stream(route, MailboxesGrpc.getSummariesMethod(), request);
    }

    /** Some messages whole, in UID order. Close the stream. */
    public MessageStream<MessagesChunk> messages(MessagesRequest request) {
        return calls.stream(route, MailboxesGrpc.getMessagesMethod(), request);
    }

    /** A range of a message's octets. Close the stream. */
    public MessageStream<ContentChunk> content(ContentRequest request) {
        return calls.stream(route, MailboxesGrpc.getContentMethod(), request);
    }

    /** The UIDs that match. Close the stream. */
    public MessageStream<SearchChunk> search(SearchRequest request) {
        return calls.stream(route, MailboxesGrpc.getSearchMethod(), request);
    }

    /** Some messages in an order. Close the stream. */
    public MessageStream<SortChunk> sort(SortRequest request) {
        return calls.stream(route, MailboxesGrpc.getSortMethod(), request);
    }

    /** Some messages in threads. Close the stream. */
    public MessageStream<ThreadChunk> thread(ThreadRequest request) {
        return calls.stream(route, MailboxesGrpc.getThreadMethod(), request);
    }

    /** Opens an APPEND; nothing is stored unless as many octets are written as the start announces. */
    public ContentUpload<AppendResponse> append(AppendStart start) {
        return new ContentUpload<>(calls.upload(route, MailboxesGrpc.getAppendMethod()), AppendRequest.newBuilder().setStart(start).build(),
                data -> AppendRequest.newBuilder().setData(data).build(), calls.settings().longDeadline());
    }

    /** APPEND of a message that is in memory; for a small one. */
    public AppendResponse append(AppendWholeRequest request) {
        return calls.once(route, MailboxesGrpc.getAppendWholeMethod(), request, calls.settings().longDeadline());
    }

    /** Opens an APPEND of some messages, all or none. */
    public MessagesUpload appendAll() {
        return new MessagesUpload(calls.upload(route, MailboxesGrpc.getAppendAllMethod()), calls.settings().longDeadline());
    }

    /** Changes flags. */
    public StoreResponse store(StoreRequest request) {
        return calls.once(route, MailboxesGrpc.getStoreMethod(), request, calls.settings().deadline());
    }

    /** Copies or moves messages. */
    public CopyResponse copy(CopyRequest request) {
        return calls.once(route, MailboxesGrpc.getCopyMethod(), request, calls.settings().longDeadline());
    }

    /** Removes messages for good. */
    public ExpungeResponse expunge(ExpungeRequest request) {
        return calls.once(route, MailboxesGrpc.getExpungeMethod(), request, calls.settings().longDeadline());
    }

    /** Takes the maildrop; ALREADY_EXISTS when somebody else holds it. The same holder may ask again. */
    public MaildropLease acquireMaildrop(AcquireMaildropRequest request) {
        return calls.repeatable(route, MailboxesGrpc.getAcquireMaildropMethod(), request);
    }

    /** Keeps the maildrop; ABORTED when it was lost. */
    public MaildropLease renewMaildrop(RenewMaildropRequest request) {
        return calls.repeatable(route, MailboxesGrpc.getRenewMaildropMethod(), request);
    }

    /** Gives the maildrop back. */
    public ReleaseMaildropResponse releaseMaildrop(ReleaseMaildropRequest request) {
        return calls.repeatable(route, MailboxesGrpc.getReleaseMaildropMethod(), request);
    }
}
