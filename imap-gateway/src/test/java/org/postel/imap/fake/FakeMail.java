package org.postel.imap.fake;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.postel.imap.command.Mail;
import org.postel.mailbox.api.MailboxServiceException;
import org.postel.mailbox.api.MailboxServiceException.Reason;
import org.postel.mailbox.api.UidSet;
import org.postel.mailbox.api.v1.AccountQuota;
import org.postel.mailbox.api.v1.Acl;
import org.postel.mailbox.api.v1.AppendAllResponse;
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
import org.postel.mailbox.api.v1.ExpungeRequest;
import org.postel.mailbox.api.v1.ExpungeResponse;
import org.postel.mailbox.api.v1.GetAclRequest;
import org.postel.mailbox.api.v1.GetMetadataRequest;
import org.postel.mailbox.api.v1.GetMetadataResponse;
import org.postel.mailbox.api.v1.Mailbox;
import org.postel.mailbox.api.v1.MailboxEvent;
import org.postel.mailbox.api.v1.MailboxTree;
import org.postel.mailbox.api.v1.MessageSummary;
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
import org.roaringbitmap.RoaringBitmap;

/** One account's mail, in memory. */
public final class FakeMail implements Mail {

    /** What goes wrong from now on. */
    public final FakeFaults faults = new FakeFaults();
    final FakeTree tree = new FakeTree();
    private final FakeQuotas quotas = new FakeQuotas();
    private final FakeAcl acl = new FakeAcl();
    private final FakeMetadata metadata = new FakeMetadata();
    private final List<Consumer<MailboxEvent>> watchers = new CopyOnWriteArrayList<>();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final AtomicInteger messagesAsked = new AtomicInteger();
    private final AtomicReference<Runnable> beforeSearch = new AtomicReference<>(() -> { });

    /** How many whole messages were asked for since the last time. */
    public int messagesAsked() {
        return messagesAsked.getAndSet(0);
    }

    /** Each search waits for this before it begins. */
    public void beforeSearch(Runnable wait) {
        beforeSearch.set(wait);
    }

    /** Is told of each change. */
    public void watch(Consumer<MailboxEvent> watcher) {
        watchers.add(watcher);
    }

    /** Delivers a message to INBOX. */
    public synchronized int deliver(byte[] content) {
        int uid = tree.inbox().add(content, List.of(), 1_700_000_000_000L, 0);
        changed();
        return uid;
    }

    /** Delivers a message to INBOX and tells nobody, as when an event is lost. */
    public synchronized int deliverUntold(byte[] content) {
        return tree.inbox().add(content, List.of(), 1_700_000_000_000L, 0);
    }

    /** Delivers a message whose summary the test gives. */
    public synchronized int deliver(byte[] content, MessageSummary summary) {
        return tree.inbox().add(content, summary, List.of(), 1_700_000_000_000L, 0);
    }

    /** The content of a message in INBOX. */
    public synchronized byte[] content(int uid) {
        return tree.inbox().content(uid);
    }

    /** The flags of a message in INBOX. */
    public synchronized List<String> flags(int uid) {
        return tree.inbox().flagsOf(uid);
    }

    /** The MODSEQ of a message in INBOX. */
    public synchronized long modseq(int uid) {
        return tree.inbox().modseq(uid);
    }

    /** From now on nobody is told of changes, as when events are lost. */
    public void keepQuiet() {
        watchers.clear();
    }

    /** Tells of all there is. */
    public void changed() {
        tree.mailboxes().forEach(mailbox -> tell(MailboxEvent.newBuilder().setMailboxId(mailbox.id).setModseq(mailbox.modseq()).build()));
    }

    /** Tells that who may use the account, or what opens it, changed. */
    public void accessChanged() {
        tell(MailboxEvent.newBuilder().setAccessChanged(true).build());
    }

    private void namesChanged() {
        tell(MailboxEvent.getDefaultInstance());
    }

    private void tell(MailboxEvent event) {
        watchers.forEach(watcher -> watcher.accept(event));
    }

    /** From now on polls are answered as of now, like by a pod that has not heard what others commit. */
    public synchronized void answerAsOfNow() {
        tree.mailboxes().forEach(FakeMailbox::answerAsOfNow);
    }

    /** The calls that were made, by name. */
    public List<String> calls() {
        return calls;
    }

    synchronized <T> T call(Supplier<T> work) {
        faults.attempt();
        return work.get();
    }

    @Override
    public void prove() {
        faults.attempt("prove");
    }

    @Override
    public MailboxTree tree() {
        calls.add("tree");
        return call(tree::whole);
    }

    @Override
    public MailboxTree tree(String name) {
        calls.add("name");
        return call(() -> tree.at(name));
    }

    @Override
    public Mailbox create(CreateRequest request) {
        Mailbox made = call(() -> tree.create(request));
        namesChanged();
        return made;
    }

    @Override
    public void delete(DeleteRequest request) {
        call(() -> tree.delete(request));
        namesChanged();
    }

    @Override
    public void rename(RenameRequest request) {
        call(() -> tree.rename(request));
        namesChanged();
    }

    @Override
    public void subscribe(SubscribeRequest request) {
        call(() -> tree.subscribe(request));
        namesChanged();
    }

    /** What the account may hold from now on. */
    public void limit(long bytes, long messages) {
        quotas.limit(bytes, messages);
    }

    /** Alice administers bob's account, once there is a limit. */
    @Override
    public AccountQuota setQuota(SetQuotaRequest request) {
        return call(() -> quotas.set(request));
    }

    @Override
    public AccountQuota quota(String address) {
        return call(() -> quotas.of(address, tree.mailboxes()));
    }

    synchronized void admit(long bytes, long messages) {
        quotas.admit(tree.mailboxes(), bytes, messages);
    }

    /** Bob lets alice use a mailbox with a message; without rights no longer. */
    public synchronized void share(String rights) {
        if (tree.share(rights)) {
            changed();
        }
    }

    synchronized boolean isShared(ByteString id) {
        return tree.isShared(id);
    }

    @Override
    public Acl acl(GetAclRequest request) {
        return call(() -> {
            tree.check(request.getMailboxId(), 'a');
            return acl.told();
        });
    }

    @Override
    public void setAcl(SetAclRequest request) {
        call(() -> {
            tree.check(request.getMailboxId(), 'a');
            return acl.change(request);
        });
    }

    @Override
    public GetMetadataResponse metadata(GetMetadataRequest request) {
        return call(() -> metadata.get(request));
    }

    @Override
    public SetMetadataResponse setMetadata(SetMetadataRequest request) {
        SetMetadataResponse set = call(() -> metadata.set(request));
        MailboxEvent.Builder event = MailboxEvent.newBuilder();
        request.getEntriesList().forEach(entry -> event.addMetadataEntry(entry.getName()));
        tell((request.getMailboxId().isEmpty() ? event : event.setMailboxId(request.getMailboxId())).build());
        return set;
    }

    @Override
    public StatusResponse status(StatusRequest request) {
        calls.add("status");
        return call(() -> StatusResponse.newBuilder().addAllHeaders(
                request.getMailboxIdList().stream().map(id -> tree.byId(id).header()).toList()).build());
    }

    @Override
    public Stream<SnapshotChunk> open(OpenRequest request) {
        calls.add("open");
        return call(() -> new FakeStream<>(tree.byId(request.getMailboxId()).open(request.getClaimRecent(), request.getSizes()).iterator()));
    }

    @Override
    public Stream<ChangesChunk> changes(ChangesRequest request) {
        calls.add("changes");
        return call(() -> {
            FakeMailbox mailbox = tree.byId(request.getMailboxId());
            if (!request.getName().isEmpty() && !mailbox.name.equals(request.getName())) {
                throw new MailboxServiceException(Reason.NOT_FOUND, "another name");
            }
            return new FakeStream<>(List.of(mailbox.changes(request)).iterator());
        });
    }

    /** The log of INBOX reaches back to where it stands now, and no further. */
    public synchronized void foldLog() {
        tree.inbox().foldLog();
    }

    @Override
    public Stream<VanishedChunk> vanished(VanishedRequest request) {
        calls.add("vanished");
        return call(() -> new FakeStream<>(tree.byId(request.getMailboxId()).vanished(request).iterator()));
    }

    @Override
    public Stream<SummariesChunk> summaries(SummariesRequest request) {
        calls.add("summaries");
        faults.attempt("summaries");
        return call(() -> reader(request.getMailboxId()).summaries(request));
    }

    @Override
    public Stream<MessagesChunk> messages(MessagesRequest request) {
        faults.attempt("messages");
        RoaringBitmap asked = UidSet.parse(request.getUids());
        messagesAsked.addAndGet(asked.getCardinality());
        faults.read(asked);
        return call(() -> reader(request.getMailboxId()).messages(request));
    }

    @Override
    public Stream<ContentChunk> content(ContentRequest request) {
        calls.add("content");
        return call(() -> reader(request.getMailboxId()).content(request));
    }

    private FakeReader reader(ByteString mailboxId) {
        return new FakeReader(tree.byId(mailboxId));
    }

    @Override
    public Stream<SearchChunk> search(SearchRequest request) {
        calls.add("search");
        faults.attempt("search");
        beforeSearch.get().run();
        return call(() -> {
            RoaringBitmap found = new FakeSearch(tree.byId(request.getMailboxId())).within(UidSet.parse(request.getWithinUids()), request.getKey());
            return new FakeStream<>(List.of(SearchChunk.newBuilder().setUids(UidSet.toBytes(found)).build()).iterator());
        });
    }

    @Override
    public Stream<SortChunk> sort(SortRequest request) {
        return call(() -> reader(request.getMailboxId()).sort(request));
    }

    @Override
    public Stream<ThreadChunk> thread(ThreadRequest request) {
        return call(() -> FakeReader.thread(request));
    }

    @Override
    public AppendResponse append(AppendWholeRequest request) {
        calls.add("append whole");
        try (FakeBatch batch = new FakeBatch(this)) {
            batch.begin(request.getStart());
            batch.write(request.getData().toByteArray(), 0, request.getData().size());
            AppendAllResponse stored = batch.finish();
            return AppendResponse.newBuilder().setUid(UidSet.parse(stored.getUids()).first()).setUidValidity(stored.getUidValidity()).build();
        }
    }

    @Override
    public Batch appendAll() {
        calls.add("append all");
        return new FakeBatch(this);
    }

    @Override
    public StoreResponse store(StoreRequest request) {
        calls.add("store");
        tree.check(request.getMailboxId(), request.getAdd().getFlagList().contains("\\Seen") ? 's' : 'w');
        StoreResponse response = call(() -> new FakeChanges(tree.byId(request.getMailboxId())).store(request));
        changed();
        return response;
    }

    @Override
    public CopyResponse copy(CopyRequest request) {
        CopyResponse response = call(() -> {
            FakeChanges from = new FakeChanges(tree.byId(request.getFrom()));
            RoaringBitmap uids = UidSet.parse(request.getUids());
            if (!request.getMove()) {
                admit(from.octets(uids), uids.getCardinality());
            }
            return from.copy(uids, tree.byId(request.getTo()), request.getMove());
        });
        changed();
        return response;
    }

    @Override
    public ExpungeResponse expunge(ExpungeRequest request) {
        tree.check(request.getMailboxId(), 'e');
        calls.add("expunge");
        ExpungeResponse response = call(() -> new FakeChanges(tree.byId(request.getMailboxId())).expunge(request));
        changed();
        return response;
    }
}
