package org.postel.imap.backend;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.postel.imap.command.Mail;
import org.postel.mailbox.api.MailboxesClient;
import org.postel.mailbox.api.MessageStream;
import org.postel.mailbox.api.MessagesUpload;
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
import org.postel.mailbox.api.v1.QuotaRequest;
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
import org.postel.mailbox.api.v1.TreeRequest;
import org.postel.mailbox.api.v1.VanishedChunk;
import org.postel.mailbox.api.v1.VanishedRequest;

/** One account's mail in mailbox-service, and what others let it use. */
final class RemoteMail implements Mail {

    private final MailboxesClient client;
    private final Owners owners;

    RemoteMail(MailboxesClient client) {
        this.client = client;
        this.owners = new Owners(client);
    }

    @Override
    public void prove() {
        client.prove();
    }

    @Override
    public MailboxTree tree() {
        MailboxTree tree = client.tree(TreeRequest.getDefaultInstance());
        owners.learn(tree);
        return tree;
    }

    @Override
    public MailboxTree tree(String name) {
        MailboxTree tree = client.tree(TreeRequest.newBuilder().setName(name).build());
        // A mailbox-service of the release before answers with all names.
        tree.getMailboxesList().stream().filter(mailbox -> mailbox.getName().equals(name) && !mailbox.getOwnerId().isEmpty()).forEach(this::learn);
        return tree;
    }

    private void learn(Mailbox shared) {
        if (!owners.hasRoom()) {
            tree();
        }
        owners.learn(shared);
    }

    @Override
    public Mailbox create(CreateRequest request) {
        return client.create(request);
    }

    @Override
    public void delete(DeleteRequest request) {
        client.delete(request);
    }

    @Override
    public void rename(RenameRequest request) {
        client.rename(request);
    }

    @Override
    public void subscribe(SubscribeRequest request) {
        client.subscribe(request);
    }

    @Override
    public StatusResponse status(StatusRequest request) {
        StatusResponse.Builder response = StatusResponse.newBuilder();
        owners.apart(request.getMailboxIdList()).forEach((of, ids) ->
                response.mergeFrom(of.status(StatusRequest.newBuilder().addAllMailboxId(ids).build())));
        return response.build();
    }

    @Override
    public AccountQuota quota(String address) {
        return client.quota(QuotaRequest.newBuilder().setAddress(address).build());
    }

    @Override
    public AccountQuota setQuota(SetQuotaRequest request) {
        return client.setQuota(request);
    }

    @Override
    public Acl acl(GetAclRequest request) {
        return owners.of(request.getMailboxId()).getAcl(request);
    }

    @Override
    public void setAcl(SetAclRequest request) {
        owners.of(request.getMailboxId()).setAcl(request);
    }

    @Override
    public GetMetadataResponse metadata(GetMetadataRequest request) {
        if (request.getMailboxIdCount() == 0) {
            return client.getMetadata(request);
        }
        GetMetadataResponse.Builder response = GetMetadataResponse.newBuilder();
        owners.apart(request.getMailboxIdList()).forEach((of, ids) ->
                response.mergeFrom(of.getMetadata(request.toBuilder().clearMailboxId().addAllMailboxId(ids).build())));
        return response.build();
    }

    @Override
    public SetMetadataResponse setMetadata(SetMetadataRequest request) {
        return owners.of(request.getMailboxId()).setMetadata(request);
    }

    @Override
    public Stream<SnapshotChunk> open(OpenRequest request) {
        return new RemoteStream<>(owners.of(request.getMailboxId()).open(request));
    }

    @Override
    public Stream<ChangesChunk> changes(ChangesRequest request) {
        MailboxesClient asked = owners.of(request.getMailboxId());
        ChangesChunk all = asked.poll(request);
        return all.getMuch() ? new RemoteStream<>(asked.changes(request)) : new WholeStream<>(List.of(all).iterator());
    }

    @Override
    public Stream<VanishedChunk> vanished(VanishedRequest request) {
        return new RemoteStream<>(owners.of(request.getMailboxId()).vanished(request));
    }

    @Override
    public Stream<SummariesChunk> summaries(SummariesRequest request) {
        return new RemoteStream<>(owners.of(request.getMailboxId()).summaries(request));
    }

    @Override
    public Stream<MessagesChunk> messages(MessagesRequest request) {
        return new RemoteStream<>(owners.of(request.getMailboxId()).messages(request));
    }

    @Override
    public Stream<ContentChunk> content(ContentRequest request) {
        return new RemoteStream<>(owners.of(request.getMailboxId()).content(request));
    }

    @Override
    public Stream<SearchChunk> search(SearchRequest request) {
        return new RemoteStream<>(owners.of(request.getMailboxId()).search(request));
    }

    @Override
    public Stream<SortChunk> sort(SortRequest request) {
        return new RemoteStream<>(owners.of(request.getMailboxId()).sort(request));
    }

    @Override
    public Stream<ThreadChunk> thread(ThreadRequest request) {
        return new RemoteStream<>(owners.of(request.getMailboxId()).thread(request));
    }

    @Override
    public Batch appendAll() {
        return new RemoteBatch(owners);
    }

    @Override
    public AppendResponse append(AppendWholeRequest request) {
        return owners.of(request.getStart().getMailboxId()).append(request);
    }

    @Override
    public StoreResponse store(StoreRequest request) {
        return owners.of(request.getMailboxId()).store(request);
    }

    @Override
    public CopyResponse copy(CopyRequest request) {
        return owners.of(request.getFrom()).copy(request.toBuilder().setToOwner(owners.owner(request.getTo())).build());
    }

    @Override
    public ExpungeResponse expunge(ExpungeRequest request) {
        return owners.of(request.getMailboxId()).expunge(request);
    }

    /** One that is here already. */
    private record WholeStream<T>(Iterator<T> messages) implements Stream<T> {

        @Override
        public boolean hasNext() {
            return messages.hasNext();
        }

        @Override
        public T next() {
            return messages.next();
        }

        @Override
        public void close() {
            // It has ended.
        }
    }

    private record RemoteStream<T>(MessageStream<T> messages) implements Stream<T> {

        @Override
        public boolean hasNext() {
            return messages.hasNext();
        }

        @Override
        public T next() {
            return messages.next();
        }

        @Override
        public void close() {
            messages.close();
        }
    }

    /** To whoever has the mailbox that the first message names. */
    private static final class RemoteBatch implements Batch {

        private final Owners owners;
        private Optional<MessagesUpload> upload = Optional.empty();

        RemoteBatch(Owners owners) {
            this.owners = owners;
        }

        @Override
        public void begin(AppendStart start) {
            if (upload.isEmpty()) {
                upload = Optional.of(owners.of(start.getMailboxId()).appendAll());
            }
            upload.get().begin(start);
        }

        @Override
        public void write(byte[] octets, int offset, int length) {
            upload.orElseThrow().write(octets, offset, length);
        }

        @Override
        public AppendAllResponse finish() {
            return upload.orElseThrow().finish();
        }

        @Override
        public void close() {
            upload.ifPresent(MessagesUpload::close);
        }
    }
}
