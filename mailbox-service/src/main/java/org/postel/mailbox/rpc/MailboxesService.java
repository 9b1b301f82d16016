package org.postel.mailbox.rpc;

import io.grpc.stub.StreamObserver;
import java.util.UUID;
import org.postel.mailbox.api.v1.AccountQuota;
import org.postel.mailbox.api.v1.Acl;
import org.postel.mailbox.api.v1.AcquireMaildropRequest;
import org.postel.mailbox.api.v1.AppendAllResponse;
import org.postel.mailbox.api.v1.AppendRequest;
import org.postel.mailbox.api.v1.AppendResponse;
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
import org.postel.mailbox.sharing.AccessLists;
import org.postel.mailbox.sharing.Addresses;
import org.postel.mailbox.sharing.SharedTrees;
import org.postel.mailbox.storage.Intake;
import org.postel.mailbox.storage.MailboxTrees;
import org.postel.mailbox.storage.Mailboxes;
import org.postel.mailbox.storage.Metadata;

/** The service Mailboxes. The account is the session's, whatever the request says; another's mailbox is reached as {@link CheckedMail} lets it. */
public final class MailboxesService extends MailboxesGrpc.MailboxesImplBase {

    private final SharedTrees trees;
    private final AccessLists lists;
    private final CheckedMail mail;
    private final Mailboxes mailboxes;
    private final Maildrops maildrops;
    private final QuotaRoots quotas;
    private final Answers answers;

    public MailboxesService(MailboxTrees trees, Addresses addresses, Mailboxes mailboxes, Intake intake, Maildrops maildrops, QuotaRoots quotas,
            Metadata metadata, RpcSettings settings) {
        this.trees = new SharedTrees(trees, addresses);
        this.lists = new AccessLists(trees, addresses);
        this.mail = new CheckedMail(trees, this.trees, mailboxes, intake, metadata);
        this.mailboxes = mailboxes;
        this.maildrops = maildrops;
        this.quotas = quotas;
        this.answers = new Answers(settings.stallTimeout());
    }

    @Override
    public void tree(TreeRequest request, StreamObserver<MailboxTree> to) {
        answers.one("Tree", to, () -> request.getName().isEmpty() ? trees.tree(account()) : trees.tree(account(), request.getName()));
    }

    @Override
    public void create(CreateRequest request, StreamObserver<Mailbox> to) {
        answers.one("Create", to, () -> trees.create(account(), request));
    }

    @Override
    public void delete(DeleteRequest request, StreamObserver<DeleteResponse> to) {
        answers.one("Delete", to, () -> {
            trees.delete(account(), request);
            return DeleteResponse.getDefaultInstance();
        });
    }

    @Override
    public void rename(RenameRequest request, StreamObserver<RenameResponse> to) {
        answers.one("Rename", to, () -> {
            trees.rename(account(), request);
            return RenameResponse.getDefaultInstance();
        });
    }

    @Override
    public void subscribe(SubscribeRequest request, StreamObserver<SubscribeResponse> to) {
        answers.one("Subscribe", to, () -> {
            trees.subscribe(account(), request);
            return SubscribeResponse.getDefaultInstance();
        });
    }

    @Override
    public void status(StatusRequest request, StreamObserver<StatusResponse> to) {
        answers.one("Status", to, () -> mail.status(request));
    }

    @Override
    public void quota(QuotaRequest request, StreamObserver<AccountQuota> to) {
        answers.one("Quota", to, () -> quotas.quota(Principal.currentSession(), request));
    }

    @Override
    public void setQuota(SetQuotaRequest request, StreamObserver<AccountQuota> to) {
        answers.one("SetQuota", to, () -> quotas.set(Principal.currentSession(), request));
    }

    @Override
    public void getMetadata(GetMetadataRequest request, StreamObserver<GetMetadataResponse> to) {
        answers.one("GetMetadata", to, () -> mail.metadata(request));
    }

    @Override
    public void setMetadata(SetMetadataRequest request, StreamObserver<SetMetadataResponse> to) {
        answers.one("SetMetadata", to, () -> mail.setMetadata(request));
    }

    @Override
    public void getAcl(GetAclRequest request, StreamObserver<Acl> to) {
        answers.one("GetAcl", to, () -> lists.get(mail.access(request.getMailboxId()), Ids.of(request.getMailboxId())));
    }

    @Override
    public void setAcl(SetAclRequest request, StreamObserver<SetAclResponse> to) {
        answers.one("SetAcl", to, () -> {
            lists.set(mail.access(request.getMailboxId()), Ids.of(request.getMailboxId()), request);
            return SetAclResponse.getDefaultInstance();
        });
    }

    @Override
    public void store(StoreRequest request, StreamObserver<StoreResponse> to) {
        answers.one("Store", to, () -> mail.store(request));
    }

    @Override
    public void copy(CopyRequest request, StreamObserver<CopyResponse> to) {
        answers.one("Copy", to, () -> mail.copy(request));
    }

    @Override
    public void expunge(ExpungeRequest request, StreamObserver<ExpungeResponse> to) {
        answers.one("Expunge", to, () -> mail.expunge(request));
    }

    @Override
    public void acquireMaildrop(AcquireMaildropRequest request, StreamObserver<MaildropLease> to) {
        answers.one("AcquireMaildrop", to, () -> maildrops.acquire(Principal.currentSession(), request));
    }

    @Override
    public void renewMaildrop(RenewMaildropRequest request, StreamObserver<MaildropLease> to) {
        answers.one("RenewMaildrop", to, () -> maildrops.renew(Principal.currentSession(), request));
    }

    @Override
    public void releaseMaildrop(ReleaseMaildropRequest request, StreamObserver<ReleaseMaildropResponse> to) {
        answers.one("ReleaseMaildrop", to, () -> maildrops.release(Principal.currentSession(), request));
    }

    @Override
    public void open(OpenRequest request, StreamObserver<SnapshotChunk> to) {
        answers.<SnapshotChunk>many("Open", to, send -> mail.open(request, send));
    }

    @Override
    public void changes(ChangesRequest request, StreamObserver<ChangesChunk> to) {
        answers.<ChangesChunk>many("Changes", to, send -> mail.changes(request, send));
    }

    @Override
    public void poll(ChangesRequest request, StreamObserver<ChangesChunk> to) {
        answers.one("Poll", to, () -> mail.poll(request));
    }

    @Override
    public void vanished(VanishedRequest request, StreamObserver<VanishedChunk> to) {
        answers.<VanishedChunk>many("Vanished", to, send -> mailboxes.vanished(mail.readable(request.getMailboxId()), request, send));
    }

    @Override
    public void summaries(SummariesRequest request, StreamObserver<SummariesChunk> to) {
        answers.<SummariesChunk>many("Summaries", to, send -> mailboxes.summaries(mail.readable(request.getMailboxId()), request, send));
    }

    @Override
    public void messages(MessagesRequest request, StreamObserver<MessagesChunk> to) {
        answers.<MessagesChunk>many("Messages", to, send -> mailboxes.messages(mail.readable(request.getMailboxId()), request, send));
    }

    @Override
    public void content(ContentRequest request, StreamObserver<ContentChunk> to) {
        answers.<ContentChunk>many("Content", to, send -> mailboxes.content(mail.readable(request.getMailboxId()), request,
                data -> send.accept(ContentChunk.newBuilder().setData(data).build())));
    }

    @Override
    public void search(SearchRequest request, StreamObserver<SearchChunk> to) {
        answers.<SearchChunk>many("Search", to, send -> mailboxes.search(mail.readable(request.getMailboxId()), request, send));
    }

    @Override
    public void sort(SortRequest request, StreamObserver<SortChunk> to) {
        answers.<SortChunk>many("Sort", to, send -> mailboxes.sort(mail.readable(request.getMailboxId()), request, send));
    }

    @Override
    public void thread(ThreadRequest request, StreamObserver<ThreadChunk> to) {
        answers.<ThreadChunk>many("Thread", to, send -> mailboxes.thread(mail.readable(request.getMailboxId()), request, send));
    }

    @Override
    public StreamObserver<AppendRequest> append(StreamObserver<AppendResponse> to) {
        return answers.fromMany("Append", to, messages -> {
            AppendRequest first = messages.next().filter(AppendRequest::hasStart).orElseThrow(Uploads::startMissing);
            return Uploads.take(mail.append(first.getStart()), messages, AppendRequest::hasData, AppendRequest::getData);
        });
    }

    @Override
    public void appendWhole(AppendWholeRequest request, StreamObserver<AppendResponse> to) {
        answers.one("AppendWhole", to, () -> Uploads.take(mail.append(request.getStart()), request.getData()));
    }

    @Override
    public StreamObserver<AppendRequest> appendAll(StreamObserver<AppendAllResponse> to) {
        return answers.fromMany("AppendAll", to, messages -> Uploads.takeAll(mail.appendAll(), messages));
    }

    private static UUID account() {
        return Principal.currentSession().accountId();
    }
}
