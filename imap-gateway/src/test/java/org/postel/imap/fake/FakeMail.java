package org.postel.imap.fake;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
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
import org.postel.mailbox.api.v1.MailboxEvent;
import org.postel.mailbox.api.v1.GetAclRequest;
import org.postel.mailbox.api.v1.GetMetadataRequest;
import org.postel.mailbox.api.v1.GetMetadataResponse;
import org.postel.mailbox.api.v1.Mailbox;
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

/** One account's mail, in memory. {@link #fail} makes every call fail, as when mailbox-service is down. */
public final class FakeMail implements Mail {

    private final Map<String, FakeMailbox> mailboxes = new LinkedHashMap<>();
    private final FakeAcl acl = new FakeAcl();
    private final FakeMetadata metadata = new FakeMetadata();
    private AccountQuota quota = AccountQuota.getDefaultInstance();
    private AccountQuota bobs = AccountQuota.getDefaultInstance();
    private final SequencedSet<String> orphans = new LinkedHashSet<>();
    private final List<Consumer<MailboxEvent>> watchers = new CopyOnWriteArrayList<>();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final AtomicInteger messagesAsked = new AtomicInteger();
    private final AtomicInteger unreadable = new AtomicInteger();
    private final AtomicReference<Duration> failsAfter = new AtomicReference<>(Duration.ZERO);
    final AtomicBoolean failsAfterAppend = new AtomicBoolean();
    private final AtomicReference<Runnable> beforeSearch = new AtomicReference<>(() -> { });
    private final Map<String, Reason> failures = new ConcurrentHashMap<>();
    private final AtomicReference<Optional<Reason>> failure = new AtomicReference<>(Optional.empty());

    public FakeMail() {
        mailboxes.put("INBOX", new FakeMailbox("INBOX"));
        mailboxes.put("Drafts", new FakeMailbox("Drafts", "\\Drafts"));
        mailboxes.put("Sent", new FakeMailbox("Sent", "\\Sent"));
        mailboxes.put("Trash", new FakeMailbox("Trash", "\\Trash"));
    }

    /** Every call from now on fails so. */
    public void fail(Reason reason) {
        failure.set(Optional.of(reason));
    }

    /** Every such call from now on fails so; the others do not. */
    public void fail(String call, Reason reason) {
        failures.put(call, reason);
    }

    /** From now on no message can be read together with this one, which shows after so long. */
    public void unreadable(int uid, Duration after) {
        failsAfter.set(after);
        unreadable.set(uid);
    }

    /** How many whole messages were asked for since the last time. */
    public int messagesAsked() {
        return messagesAsked.getAndSet(0);
    }

    private void attempt(String call) {
        Reason reason = failures.get(call);
        if (reason != null) {
            throw new MailboxServiceException(reason, "as the test wants it");
        }
    }

    /** The next message is stored, then every call fails. */
    public void failAfterAppend() {
        failsAfterAppend.set(true);
    }

    /** Each search waits for this before it begins. */
    public void beforeSearch(Runnable wait) {
        beforeSearch.set(wait);
    }

    /** Calls succeed again. */
    public void recover() {
        failure.set(Optional.empty());
        failures.clear();
    }

    /** Is told of each change. */
    public void watch(Consumer<MailboxEvent> watcher) {
        watchers.add(watcher);
    }

    /** Delivers a message to INBOX. */
    public synchronized int deliver(byte[] content) {
        int uid = mailboxes.get("INBOX").add(content, List.of(), 1_700_000_000_000L, 0);
        changed();
        return uid;
    }

    /** Delivers a message to INBOX and tells nobody, as when an event is lost. */
    public synchronized int deliverUntold(byte[] content) {
        return mailboxes.get("INBOX").add(content, List.of(), 1_700_000_000_000L, 0);
    }

    /** Delivers a message whose summary the test gives. */
    public synchronized int deliver(byte[] content, MessageSummary summary) {
        return mailboxes.get("INBOX").add(content, summary, List.of(), 1_700_000_000_000L, 0);
    }

    /** The content of a message in INBOX. */
    public synchronized byte[] content(int uid) {
        return mailboxes.get("INBOX").content(uid);
    }

    /** The flags of a message in INBOX. */
    public synchronized List<String> flags(int uid) {
        return mailboxes.get("INBOX").flagsOf(uid);
    }

    /** The MODSEQ of a message in INBOX. */
    public synchronized long modseq(int uid) {
        return mailboxes.get("INBOX").modseq(uid);
    }

    /** From now on nobody is told of changes, as when events are lost. */
    public void keepQuiet() {
        watchers.clear();
    }

    /** Tells of all there is. */
    public void changed() {
        mailboxes.values().forEach(mailbox -> tell(MailboxEvent.newBuilder().setMailboxId(mailbox.id).setModseq(mailbox.modseq()).build()));
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
        mailboxes.values().forEach(FakeMailbox::answerAsOfNow);
    }

    /** The calls that were made, by name. */
    public List<String> calls() {
        return calls;
    }

    synchronized <T> T call(Supplier<T> work) {
        failure.get().ifPresent(reason -> {
            throw new MailboxServiceException(reason, "as the test wants it");
        });
        return work.get();
    }

    private FakeMailbox named(String name) {
        FakeMailbox found = mailboxes.get(name);
        if (found == null) {
            throw new MailboxServiceException(Reason.NOT_FOUND, name);
        }
        return found;
    }

    FakeMailbox byId(ByteString id) {
        return mailboxes.values().stream().filter(it -> it.id.equals(id)).findFirst()
                .orElseThrow(() -> new MailboxServiceException(Reason.NOT_FOUND, "no such id"));
    }

    /** Whether what opened it would open it no more. */
    public volatile boolean shut;

    @Override
    public void prove() {
        if (shut) {
            throw new MailboxServiceException(MailboxServiceException.Reason.UNAUTHENTICATED, "shut");
        }
    }

    @Override
    public MailboxTree tree() {
        calls.add("tree");
        return call(() -> MailboxTree.newBuilder()
                .addAllMailboxes(mailboxes.values().stream().map(FakeMailbox::described).toList())
                .addAllOrphanSubscriptions(orphans).build());
    }

    @Override
    public MailboxTree tree(String name) {
        calls.add("name");
        return call(() -> MailboxTree.newBuilder()
                .addAllMailboxes(Optional.ofNullable(mailboxes.get(name)).map(FakeMailbox::described).stream().toList())
                .addAllOrphanSubscriptions(orphans.stream().filter(name::equals).toList())
                .setInferiors(mailboxes.keySet().stream().anyMatch(other -> other.startsWith(name + "/"))).build());
    }

    @Override
    public Mailbox create(CreateRequest request) {
        Mailbox made = call(() -> {
            List<String> uses = request.getSpecialUseList();
            if (uses.stream().anyMatch(use -> mailboxes.values().stream().anyMatch(it -> it.specialUse.contains(use)))) {
                throw new MailboxServiceException(Reason.FAILED_PRECONDITION, "another has that use");
            }
            FakeMailbox created = new FakeMailbox(request.getName(), uses.toArray(String[]::new));
            if (mailboxes.putIfAbsent(request.getName(), created) != null) {
                throw new MailboxServiceException(Reason.ALREADY_EXISTS, request.getName());
            }
            return created.described();
        });
        namesChanged();
        return made;
    }

    @Override
    public void delete(DeleteRequest request) {
        call(() -> mailboxes.remove(named(request.getName()).name));
        namesChanged();
    }

    @Override
    public void rename(RenameRequest request) {
        call(() -> {
            FakeMailbox mailbox = named(request.getFrom());
            if (mailboxes.containsKey(request.getTo())) {
                throw new MailboxServiceException(Reason.ALREADY_EXISTS, request.getTo());
            }
            mailboxes.remove(mailbox.name);
            if (mailbox.name.equals("INBOX")) {
                // RFC 3501 §6.3.5: there always is one.
                mailboxes.put("INBOX", new FakeMailbox("INBOX"));
            }
            mailbox.name = request.getTo();
            return mailboxes.put(mailbox.name, mailbox);
        });
        namesChanged();
    }

    @Override
    public void subscribe(SubscribeRequest request) {
        call(() -> {
            FakeMailbox mailbox = mailboxes.get(request.getName());
            if (mailbox != null) {
                mailbox.subscribed = request.getSubscribed();
            }
            return mailbox != null || (request.getSubscribed() ? orphans.add(request.getName()) : orphans.remove(request.getName()));
        });
        namesChanged();
    }

    /** What the account may hold from now on. */
    public void limit(long bytes, long messages) {
        quota = AccountQuota.newBuilder().setMostBytes(bytes).setMostMessages(messages).build();
    }

    /** Alice administers bob's account, once there is a limit. */
    @Override
    public AccountQuota setQuota(SetQuotaRequest request) {
        return call(() -> {
            if (request.getAddress().isEmpty() || !request.getAddress().endsWith("@example.test")) {
                throw new MailboxServiceException(Reason.PERMISSION_DENIED, "no administrator of it");
            }
            bobs = AccountQuota.newBuilder().setBytes(1025).setMessages(2).build();
            AccountQuota.Builder set = bobs.toBuilder();
            if (request.hasMostBytes()) {
                set.setMostBytes(request.getMostBytes());
            }
            if (request.hasMostMessages()) {
                set.setMostMessages(request.getMostMessages());
            }
            bobs = set.build();
            return bobs;
        });
    }

    @Override
    public AccountQuota quota(String address) {
        if (address.equals("bob@example.test")) {
            return call(() -> bobs);
        }
        if (!address.isEmpty()) {
            throw new MailboxServiceException(Reason.NOT_FOUND, "no such root");
        }
        return call(() -> quota.toBuilder()
                .setBytes(mailboxes.values().stream().mapToLong(it -> it.header().getBytes()).sum())
                .setMessages(mailboxes.values().stream().mapToLong(it -> it.header().getMessages()).sum()).build());
    }

    void admit(long bytes, long messages) {
        AccountQuota held = quota("");
        if (quota.hasMostBytes() && (held.getBytes() + bytes > quota.getMostBytes() || held.getMessages() + messages > quota.getMostMessages())) {
            throw new MailboxServiceException(Reason.OVER_QUOTA, "full");
        }
    }

    /** Bob lets alice use a mailbox with a message; without rights no longer. */
    public synchronized void share(String rights) {
        String name = "Other Users/bob@example.test/Team";
        FakeMailbox team = mailboxes.computeIfAbsent(name, FakeMailbox::new);
        team.subscribed = false;
        team.rights = Optional.of(rights);
        if (team.header().getMessages() == 0) {
            team.add("Subject: team\r\n\r\nText\r\n".getBytes(StandardCharsets.US_ASCII), List.of(), 1_700_000_000_000L, 0);
        } else {
            team.add("Subject: more\r\n\r\nText\r\n".getBytes(StandardCharsets.US_ASCII), List.of(), 1_700_000_000_000L, 0);
            changed();
        }
    }

    synchronized boolean isShared(ByteString id) {
        return mailboxes.values().stream().anyMatch(mailbox -> mailbox.id.equals(id) && mailbox.rights.isPresent());
    }

    void check(ByteString id, char right) {
        if (byId(id).rights.filter(rights -> rights.indexOf(right) < 0).isPresent()) {
            throw new MailboxServiceException(Reason.PERMISSION_DENIED, "no right");
        }
    }

    @Override
    public Acl acl(GetAclRequest request) {
        return call(() -> {
            check(request.getMailboxId(), 'a');
            return acl.told();
        });
    }

    @Override
    public void setAcl(SetAclRequest request) {
        call(() -> {
            check(request.getMailboxId(), 'a');
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
                request.getMailboxIdList().stream().map(id -> byId(id).header()).toList()).build());
    }

    @Override
    public Stream<SnapshotChunk> open(OpenRequest request) {
        calls.add("open");
        return call(() -> new FakeStream<>(byId(request.getMailboxId()).open(request.getClaimRecent(), request.getSizes()).iterator()));
    }

    @Override
    public Stream<ChangesChunk> changes(ChangesRequest request) {
        calls.add("changes");
        return call(() -> {
            FakeMailbox mailbox = byId(request.getMailboxId());
            if (!request.getName().isEmpty() && !mailbox.name.equals(request.getName())) {
                throw new MailboxServiceException(Reason.NOT_FOUND, "another name");
            }
            return new FakeStream<>(List.of(mailbox.changes(request)).iterator());
        });
    }

    /** The log of INBOX reaches back to where it stands now, and no further. */
    public synchronized void foldLog() {
        mailboxes.get("INBOX").foldLog();
    }

    @Override
    public Stream<VanishedChunk> vanished(VanishedRequest request) {
        calls.add("vanished");
        return call(() -> new FakeStream<>(byId(request.getMailboxId()).vanished(request).iterator()));
    }

    @Override
    public Stream<SummariesChunk> summaries(SummariesRequest request) {
        attempt("summaries");
        return call(() -> reader(request.getMailboxId()).summaries(request));
    }

    @Override
    public Stream<MessagesChunk> messages(MessagesRequest request) {
        attempt("messages");
        RoaringBitmap asked = UidSet.parse(request.getUids());
        messagesAsked.addAndGet(asked.getCardinality());
        if (asked.contains(unreadable.get())) {
            LockSupport.parkNanos(failsAfter.get().toNanos());
            throw new MailboxServiceException(Reason.UNAVAILABLE, "as the test wants it");
        }
        return call(() -> reader(request.getMailboxId()).messages(request));
    }

    @Override
    public Stream<ContentChunk> content(ContentRequest request) {
        calls.add("content");
        return call(() -> reader(request.getMailboxId()).content(request));
    }

    private FakeReader reader(ByteString mailboxId) {
        return new FakeReader(byId(mailboxId));
    }

    @Override
    public Stream<SearchChunk> search(SearchRequest request) {
        calls.add("search");
        attempt("search");
        beforeSearch.get().run();
        return call(() -> {
            RoaringBitmap found = new FakeSearch(byId(request.getMailboxId())).within(UidSet.parse(request.getWithinUids()), request.getKey());
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
        check(request.getMailboxId(), request.getAdd().getFlagList().contains("\\Seen") ? 's' : 'w');
        StoreResponse response = call(() -> {
            FakeMailbox mailbox = byId(request.getMailboxId());
            RoaringBitmap uids = UidSet.parse(request.getUids());
            RoaringBitmap modified = request.hasUnchangedSince()
                    ? RoaringBitmap.and(uids, mailbox.changedSince(request.getUnchangedSince())) : new RoaringBitmap();
            uids.andNot(modified);
            long modseq = mailbox.change(mailbox.unlike(request, uids), change -> {
                switch (request.getWhatCase()) {
                    case ADD -> change.setAdded(request.getAdd());
                    case REMOVE -> change.setRemoved(request.getRemove());
                    case SET -> change.setSet(request.getSet());
                    case WHAT_NOT_SET -> throw new MailboxServiceException(Reason.INVALID_ARGUMENT, "nothing to store");
                }
            });
            StoreResponse.Builder answer = StoreResponse.newBuilder().setModseq(modseq).setModified(UidSet.toBytes(modified));
            if (request.hasKnown()) {
                mailbox.along(request.getKnown()).ifPresent(answer::setChanges);
            }
            return answer.build();
        });
        changed();
        return response;
    }

    @Override
    public CopyResponse copy(CopyRequest request) {
        CopyResponse response = call(() -> {
            FakeMailbox from = byId(request.getFrom());
            FakeMailbox to = byId(request.getTo());
            RoaringBitmap uids = UidSet.parse(request.getUids());
            RoaringBitmap copies = new RoaringBitmap();
            if (!request.getMove()) {
                admit(uids.stream().mapToLong(uid -> from.content(uid).length).sum(), uids.getCardinality());
            }
            uids.forEach((int uid) -> copies.add(to.add(from.content(uid), from.summaryOf(uid), from.flagsOf(uid),
                    from.summary(uid).getInternalDate(), 0)));
            ByteString sources = UidSet.toBytes(uids);
            if (request.getMove()) {
                from.expunge(uids);
            }
            return CopyResponse.newBuilder().setUidValidity(to.uidValidity()).setFromUids(sources)
                    .setToUids(UidSet.toBytes(copies)).build();
        });
        changed();
        return response;
    }

    @Override
    public ExpungeResponse expunge(ExpungeRequest request) {
        check(request.getMailboxId(), 'e');
        calls.add("expunge");
        ExpungeResponse response = call(() -> {
            FakeMailbox mailbox = byId(request.getMailboxId());
            RoaringBitmap deleted = mailbox.flag("\\Deleted").clone();
            if (request.hasUids()) {
                deleted.and(UidSet.parse(request.getUids()));
            }
            ExpungeResponse.Builder answer = ExpungeResponse.newBuilder().setUids(UidSet.toBytes(deleted)).setModseq(mailbox.expunge(deleted));
            if (request.hasKnown()) {
                mailbox.along(request.getKnown()).ifPresent(answer::setChanges);
            }
            return answer.build();
        });
        changed();
        return response;
    }
}
