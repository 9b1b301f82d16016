package org.postel.mailbox.rpc;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.grpc.Context;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;
import org.postel.mailbox.api.MailboxState;
import org.postel.mailbox.api.UidSet;
import org.postel.mailbox.api.v1.AclEntry;
import org.postel.mailbox.api.v1.AppendStart;
import org.postel.mailbox.api.v1.AppendWholeRequest;
import org.postel.mailbox.api.v1.ChangesRequest;
import org.postel.mailbox.api.v1.ContentRequest;
import org.postel.mailbox.api.v1.CopyRequest;
import org.postel.mailbox.api.v1.CreateRequest;
import org.postel.mailbox.api.v1.DeleteRequest;
import org.postel.mailbox.api.v1.ExpungeRequest;
import org.postel.mailbox.api.v1.Flags;
import org.postel.mailbox.api.v1.GetAclRequest;
import org.postel.mailbox.api.v1.GetMetadataRequest;
import org.postel.mailbox.api.v1.Mailbox;
import org.postel.mailbox.api.v1.MailboxHeader;
import org.postel.mailbox.api.v1.MetadataEntry;
import org.postel.mailbox.api.v1.OpenRequest;
import org.postel.mailbox.api.v1.RenameRequest;
import org.postel.mailbox.api.v1.SummariesRequest;
import org.postel.mailbox.api.v1.MessagesRequest;
import org.postel.mailbox.api.v1.SearchRequest;
import org.postel.mailbox.api.v1.SearchKey;
import org.postel.mailbox.api.v1.SetAclRequest;
import org.postel.mailbox.api.v1.SetMetadataRequest;
import org.postel.mailbox.api.v1.SnapshotChunk;
import org.postel.mailbox.api.v1.StatusRequest;
import org.postel.mailbox.api.v1.StoreRequest;
import org.postel.mailbox.api.v1.SubscribeRequest;
import org.postel.mailbox.api.v1.TreeRequest;
import org.postel.mailbox.audit.AuditInMemory;
import org.postel.mailbox.authority.Administrators;
import org.postel.mailbox.authority.RolesInMemory;
import org.postel.mailbox.cassandra.CassandraSession;
import org.postel.mailbox.cassandra.SharedCassandra;
import org.postel.mailbox.identity.AccountSession;
import org.postel.mailbox.identity.Caller;
import org.postel.mailbox.identity.SessionProtocol;
import org.postel.mailbox.setup.MailStorage;
import org.postel.mailbox.sharing.Addresses;
import org.postel.mailbox.store.TestStoreConfig;
import org.roaringbitmap.RoaringBitmap;

/** RFC 4314 on a real store: a session reaches another's mailbox with the right to, and by no other way (SAFETY row 36). */
@ExtendWith(SharedCassandra.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SharingTest implements Addresses {

    private static final String MAIL = "Subject: one\r\n\r\nText\r\n";

    private final Map<UUID, String> accounts = new HashMap<>();
    private MailStorage storage;
    private MailboxesService service;
    private UUID ann;
    private UUID bob;
    private ByteString team;

    @BeforeAll
    void store(CassandraSession cassandra) {
        storage = new MailStorage(cassandra, TestStoreConfig.with(Map.of("moment", "0s")), (account, mailbox, modseq) -> {}, message -> false, Clock.systemUTC());
        service = new MailboxesService(storage.trees(), this, storage.mailboxes(), storage.intake(), null,
                new QuotaRoots(storage.quotas(), this, new Administrators(id -> Optional.empty(), new RolesInMemory()), new AuditInMemory()), storage.metadata(),
                new RpcSettings("127.0.0.1", 0, 1 << 20, 128 << 10, 100, Duration.ofSeconds(5), Duration.ofSeconds(5)));
    }

    @BeforeEach
    void annHasATeamFolder() throws Exception {
        accounts.clear();
        ann = newAccount("ann@example.test");
        bob = newAccount("bob@example.test");
        team = call(ann, Optional.empty(), CreateRequest.newBuilder().setName("Team").build(), service::create).getId();
        append(ann, Optional.empty(), team, "\\Flagged");
    }

    private UUID newAccount(String address) {
        UUID account = UUID.randomUUID();
        storage.trees().createAccount(account);
        accounts.put(account, address);
        return account;
    }

    @Override
    public Optional<UUID> account(String address) {
        return accounts.entrySet().stream().filter(each -> each.getValue().equals(address)).map(Map.Entry::getKey).findFirst();
    }

    @Override
    public Optional<String> address(UUID account) {
        return Optional.ofNullable(accounts.get(account));
    }

    /** A call as the interceptor would let it pass: with a session, and what the call says of the owner. */
    private <Q, R> R call(UUID session, Optional<UUID> owner, Q request, BiConsumer<Q, StreamObserver<R>> method) throws Exception {
        FirstAnswer<R> answer = new FirstAnswer<>();
        Principal principal = new Principal(Caller.IMAP_GATEWAY, Optional.of(new AccountSession(session, SessionProtocol.IMAP, 1)), owner);
        Context.current().withValue(Principal.KEY, principal).run(() -> method.accept(request, answer));
        try {
            return answer.answer.get().orElse(null);
        } catch (ExecutionException e) {
            throw (Exception) e.getCause();
        }
    }

    private static void refused(Status.Code code, Executable work) {
        assertEquals(code, assertThrows(StatusRuntimeException.class, work).getStatus().getCode());
    }

    private void grant(ByteString mailbox, String rights) throws Exception {
        call(ann, Optional.empty(), SetAclRequest.newBuilder().setMailboxId(mailbox).setIdentifier("bob@example.test").setRights(rights).build(), service::setAcl);
    }

    private void append(UUID session, Optional<UUID> owner, ByteString mailbox, String... flags) throws Exception {
        call(session, owner, AppendWholeRequest.newBuilder().setData(ByteString.copyFromUtf8(MAIL)).setStart(AppendStart.newBuilder()
                .setMailboxId(mailbox).setSize(MAIL.length()).addAllFlags(List.of(flags))).build(), service::appendWhole);
    }

    private void store(Optional<UUID> owner, StoreRequest.Builder what) throws Exception {
        call(bob, owner, what.setMailboxId(team).setUids(UidSet.toBytes(RoaringBitmap.bitmapOf(1))).build(), service::store);
    }

    private CopyRequest.Builder copy(ByteString from, ByteString to) {
        return CopyRequest.newBuilder().setFrom(from).setTo(to).setUids(UidSet.toBytes(RoaringBitmap.bitmapOf(1)));
    }

    private int messages(UUID session, Optional<UUID> owner, ByteString mailbox) throws Exception {
        return call(session, owner, StatusRequest.newBuilder().addMailboxId(mailbox).build(), service::status).getHeadersList().stream()
                .mapToInt(header -> header.getMessages()).findFirst().orElse(-1);
    }

    private List<String> flags() {
        MailboxState state = new MailboxState(EnumSet.noneOf(MailboxState.Column.class));
        storage.mailboxes().open(ann, OpenRequest.newBuilder().setMailboxId(team).build(), (SnapshotChunk chunk) -> state.fold(chunk));
        return state.flagsOf(1).stream().sorted().toList();
    }

    private String names(UUID session) throws Exception {
        return call(session, Optional.empty(), TreeRequest.getDefaultInstance(), service::tree).getMailboxesList().stream()
                .map(Mailbox::getName).filter(name -> name.startsWith("Other")).collect(Collectors.joining(" "));
    }

    private ByteString inbox(UUID account) {
        return Ids.octets(storage.trees().inbox(account));
    }

    @Test
    void whoAsksForOneNameIsToldOfNoOther() throws Exception {
        grant(team, "lr");
        for (String name : List.of("Sent", "Other Users/ann@example.test/Team")) {
            List<Mailbox> told = call(bob, Optional.empty(), TreeRequest.newBuilder().setName(name).build(), service::tree).getMailboxesList();
            assertEquals(List.of(name), told.stream().map(Mailbox::getName).toList());
        }
    }

    @Test
    void aStatusOfManyTellsOfThoseThatMayBeReadInTheOrderAsked() throws Exception {
        List<ByteString> folders = new ArrayList<>();
        for (String rights : List.of("lr", "l", "r", "lr")) {
            folders.add(call(ann, Optional.empty(), CreateRequest.newBuilder().setName("Shared" + folders.size()).build(), service::create).getId());
            grant(folders.getLast(), rights);
        }
        StatusRequest all = StatusRequest.newBuilder().addAllMailboxId(folders.reversed()).addMailboxId(team).addMailboxId(inbox(bob)).build();
        assertEquals(List.of(folders.get(3), folders.get(2), folders.get(0)), asked(bob, Optional.of(ann), all));
        assertEquals(List.of(inbox(bob)), asked(bob, Optional.empty(), all), "nothing of another's is one's own");
        assertEquals(List.of(folders.get(3), folders.get(2), folders.get(1), folders.get(0), team), asked(ann, Optional.empty(), all));
    }

    private List<ByteString> asked(UUID session, Optional<UUID> owner, StatusRequest request) throws Exception {
        return call(session, owner, request, service::status).getHeadersList().stream().map(header -> header.getMailboxId()).toList();
    }

    @Test
    void withoutARightNothingOfAnothersMailboxCanBeToldFromNothing() throws Exception {
        assertEquals("", names(bob));
        for (Optional<UUID> owner : List.of(Optional.<UUID>empty(), Optional.of(ann))) {
            assertEquals(-1, messages(bob, owner, team));
            refused(Status.Code.NOT_FOUND, () -> append(bob, owner, team));
            refused(Status.Code.NOT_FOUND, () -> store(owner, StoreRequest.newBuilder().setAdd(Flags.newBuilder().addFlag("\\Seen"))));
            refused(Status.Code.NOT_FOUND, () -> call(bob, owner, ExpungeRequest.newBuilder().setMailboxId(team).build(), service::expunge));
            refused(Status.Code.NOT_FOUND, () -> call(bob, owner, copy(team, inbox(bob)).build(), service::copy));
            refused(Status.Code.NOT_FOUND, () -> call(bob, owner, GetAclRequest.newBuilder().setMailboxId(team).build(), service::getAcl));
            refused(Status.Code.NOT_FOUND, () -> call(bob, owner, SetMetadataRequest.newBuilder().setMailboxId(team)
                    .addEntries(MetadataEntry.newBuilder().setName("/private/x").setValue(ByteString.EMPTY)).build(), service::setMetadata));
        }
        refused(Status.Code.NOT_FOUND, () -> call(bob, Optional.empty(), copy(inbox(bob), team).setToOwner(Ids.octets(ann)).build(), service::copy));
        for (String name : List.of("Other Users/ann@example.test/Team", "Other Users/ann@example.test/None", "Other Users/nobody@example.test/Team")) {
            refused(Status.Code.NOT_FOUND, () -> call(bob, Optional.empty(), DeleteRequest.newBuilder().setName(name).build(), service::delete));
            refused(Status.Code.NOT_FOUND, () -> call(bob, Optional.empty(), CreateRequest.newBuilder().setName(name + "/x").build(), service::create));
            refused(Status.Code.NOT_FOUND, () -> call(bob, Optional.empty(), SubscribeRequest.newBuilder().setName(name).setSubscribed(true).build(), service::subscribe));
            refused(Status.Code.NOT_FOUND, () -> call(bob, Optional.empty(), RenameRequest.newBuilder().setFrom(name).setTo(name + "2").build(), service::rename));
        }
    }

    /** Every call that reads, by its name. */
    private Map<String, Executable> reading(Optional<UUID> owner) {
        ByteString one = UidSet.toBytes(RoaringBitmap.bitmapOf(1));
        return Map.of(
                "Open", () -> call(bob, owner, OpenRequest.newBuilder().setMailboxId(team).build(), service::open),
                "Changes", () -> call(bob, owner, ChangesRequest.newBuilder().setMailboxId(team).build(), service::changes),
                "Poll", () -> call(bob, owner, ChangesRequest.newBuilder().setMailboxId(team).build(), service::poll),
                "Summaries", () -> call(bob, owner, SummariesRequest.newBuilder().setMailboxId(team).setUids(one).build(), service::summaries),
                "Messages", () -> call(bob, owner, MessagesRequest.newBuilder().setMailboxId(team).setUids(one).build(), service::messages),
                "Content", () -> call(bob, owner, ContentRequest.newBuilder().setMailboxId(team).setUid(1).build(), service::content),
                "Search", () -> call(bob, owner, SearchRequest.newBuilder().setMailboxId(team).setWithinUids(one).setKey(SearchKey.newBuilder().setAll(true)).build(), service::search),
                "GetMetadata", () -> call(bob, owner, GetMetadataRequest.newBuilder().addMailboxId(team).addEntry("/shared/comment").build(), service::getMetadata));
    }

    @Test
    void whatReadsNeedsTheRightToRead() throws Exception {
        reading(Optional.of(ann)).forEach((name, work) -> assertEquals(Status.Code.NOT_FOUND,
                assertThrows(StatusRuntimeException.class, work, name).getStatus().getCode(), name));
        grant(team, "lswite");
        reading(Optional.of(ann)).forEach((name, work) -> assertEquals(Status.Code.PERMISSION_DENIED,
                assertThrows(StatusRuntimeException.class, work, name).getStatus().getCode(), name));
        grant(team, "lr");
        for (Executable work : reading(Optional.of(ann)).values()) {
            assertDoesNotThrow(work);
        }
        // Without the owner's name it is asked for as bob's own, and metadata of what is not bob's is empty.
        reading(Optional.empty()).forEach((name, work) -> {
            if (!name.equals("GetMetadata")) {
                assertEquals(Status.Code.NOT_FOUND, assertThrows(StatusRuntimeException.class, work, name).getStatus().getCode(), name);
            }
        });
    }

    @Test
    void eachRightOpensItsOwnThingsOnly() throws Exception {
        Optional<UUID> anns = Optional.of(ann);
        grant(team, "l");
        assertEquals("Other Users Other Users/ann@example.test Other Users/ann@example.test/Team", names(bob));
        assertEquals(-1, messages(bob, anns, team));
        refused(Status.Code.PERMISSION_DENIED, () -> append(bob, anns, team));
        refused(Status.Code.PERMISSION_DENIED, () -> call(bob, anns, copy(team, inbox(bob)).build(), service::copy));
        grant(team, "lr");
        assertEquals(1, messages(bob, anns, team));
        call(bob, anns, copy(team, inbox(bob)).build(), service::copy);
        assertEquals(1, messages(bob, Optional.empty(), inbox(bob)));
        refused(Status.Code.PERMISSION_DENIED, () -> store(anns, StoreRequest.newBuilder().setAdd(Flags.newBuilder().addFlag("\\Seen"))));
        refused(Status.Code.PERMISSION_DENIED, () -> call(bob, anns, ExpungeRequest.newBuilder().setMailboxId(team).build(), service::expunge));
        refused(Status.Code.PERMISSION_DENIED, () -> call(bob, anns, copy(team, inbox(bob)).setMove(true).build(), service::copy));
        refused(Status.Code.PERMISSION_DENIED, () -> call(bob, Optional.empty(), copy(inbox(bob), team).setToOwner(Ids.octets(ann)).build(), service::copy));
        refused(Status.Code.PERMISSION_DENIED, () -> call(bob, anns, GetAclRequest.newBuilder().setMailboxId(team).build(), service::getAcl));
        String name = "Other Users/ann@example.test/Team";
        refused(Status.Code.PERMISSION_DENIED, () -> call(bob, Optional.empty(), CreateRequest.newBuilder().setName(name + "/x").build(), service::create));
        refused(Status.Code.PERMISSION_DENIED, () -> call(bob, Optional.empty(), DeleteRequest.newBuilder().setName(name).build(), service::delete));
        refused(Status.Code.PERMISSION_DENIED, () -> call(bob, Optional.empty(), RenameRequest.newBuilder().setFrom(name).setTo(name + "2").build(), service::rename));
        refused(Status.Code.PERMISSION_DENIED, () -> call(bob, anns, SetMetadataRequest.newBuilder().setMailboxId(team)
                .addEntries(MetadataEntry.newBuilder().setName("/SHARED/x").setValue(ByteString.EMPTY)).build(), service::setMetadata));
    }

    @Test
    void flagsThatMayNotBeChangedStay() throws Exception {
        Optional<UUID> anns = Optional.of(ann);
        grant(team, "lrs");
        store(anns, StoreRequest.newBuilder().setAdd(Flags.newBuilder().addFlag("\\Seen").addFlag("\\Deleted").addFlag("$Work")));
        assertEquals(List.of("\\Flagged", "\\Seen"), flags());
        store(anns, StoreRequest.newBuilder().setSet(Flags.newBuilder().addFlag("\\Seen").addFlag("\\Deleted")));
        assertEquals(List.of("\\Flagged", "\\Seen"), flags());
        grant(team, "lrw");
        store(anns, StoreRequest.newBuilder().setSet(Flags.newBuilder().addFlag("$Work").addFlag("\\Deleted")));
        assertEquals(List.of("$Work", "\\Seen"), flags());
        grant(team, "lri");
        append(bob, anns, team, "\\Seen", "\\Flagged");
        append(bob, Optional.empty(), inbox(bob), "\\Flagged");
        call(bob, Optional.empty(), copy(inbox(bob), team).setToOwner(Ids.octets(ann)).build(), service::copy);
        assertEquals(3, messages(bob, anns, team));
        assertEquals(2, storage.mailboxes().status(ann, List.of(Ids.of(team))).getFirst().getUnseen());
    }

    @Test
    void aGuestLeavesRecentWhatIsRecentToTheOwner() throws Exception {
        grant(team, "lrswite");
        call(bob, Optional.of(ann), OpenRequest.newBuilder().setMailboxId(team).setClaimRecent(true).build(), service::open);
        MailboxHeader now = storage.mailboxes().status(ann, List.of(Ids.of(team))).getFirst();
        ChangesRequest since = ChangesRequest.newBuilder().setMailboxId(team).setUidValidity(now.getUidValidity()).setSinceModseq(now.getModseq())
                .setUidNext(now.getUidNext()).setClaimRecent(true).build();
        call(bob, Optional.of(ann), since, service::changes);
        call(bob, Optional.of(ann), since, service::poll);
        assertEquals(1, storage.mailboxes().status(ann, List.of(Ids.of(team))).getFirst().getRecentFrom());
    }

    @Test
    void whatIsTakenAwayIsGoneAtOnce() throws Exception {
        Optional<UUID> anns = Optional.of(ann);
        grant(team, "lrswite");
        assertEquals(1, messages(bob, anns, team));
        call(bob, anns, copy(team, inbox(bob)).setMove(true).build(), service::copy);
        assertEquals(0, messages(bob, anns, team));
        call(ann, Optional.empty(), SetAclRequest.newBuilder().setMailboxId(team).setIdentifier("bob@example.test").build(), service::setAcl);
        assertEquals(-1, messages(bob, anns, team));
        assertEquals("", names(bob));
    }

    @Test
    void whoMayMakesMailboxesBelowAndTheListGoesAlong() throws Exception {
        grant(team, "lrkxa");
        String name = "Other Users/ann@example.test/Team";
        Mailbox made = call(bob, Optional.empty(), CreateRequest.newBuilder().setName(name + "/2026").build(), service::create);
        assertEquals(name + "/2026", made.getName());
        assertTrue(storage.trees().has(ann, Ids.of(made.getId())));
        assertFalse(storage.trees().has(bob, Ids.of(made.getId())));
        call(bob, Optional.empty(), RenameRequest.newBuilder().setFrom(name + "/2026").setTo(name + "/2027").build(), service::rename);
        call(bob, Optional.empty(), SubscribeRequest.newBuilder().setName(name).setSubscribed(true).build(), service::subscribe);
        List<Mailbox> shown = call(bob, Optional.empty(), TreeRequest.getDefaultInstance(), service::tree).getMailboxesList();
        assertEquals("lrkxa", shown.stream().filter(mailbox -> mailbox.getName().equals(name + "/2027")).findFirst().orElseThrow().getRights());
        assertTrue(shown.stream().filter(mailbox -> mailbox.getName().equals(name)).findFirst().orElseThrow().getSubscribed());
        assertEquals(List.of("ann@example.test lrswipkxtea", "bob@example.test lrkxa"), call(bob, Optional.of(ann),
                GetAclRequest.newBuilder().setMailboxId(Ids.octets(Ids.of(made.getId()))).build(), service::getAcl).getEntriesList().stream()
                .map((AclEntry entry) -> entry.getIdentifier() + " " + entry.getRights()).toList());
        call(bob, Optional.empty(), DeleteRequest.newBuilder().setName(name + "/2027").build(), service::delete);
        refused(Status.Code.INVALID_ARGUMENT, () -> call(bob, Optional.empty(), RenameRequest.newBuilder().setFrom(name).setTo("Mine").build(), service::rename));
        refused(Status.Code.NOT_FOUND, () -> call(bob, Optional.empty(), CreateRequest.newBuilder().setName("Other Users/ann@example.test/Top").build(), service::create));
        refused(Status.Code.INVALID_ARGUMENT, () -> call(bob, Optional.empty(), CreateRequest.newBuilder().setName("Other Users").build(), service::create));
    }

    @Test
    void aMailboxWithAnInferiorThatIsNotSharedIsNotRenamed() throws Exception {
        ByteString secret = call(ann, Optional.empty(), CreateRequest.newBuilder().setName("Team/Secret").build(), service::create).getId();
        grant(team, "lrkx");
        String name = "Other Users/ann@example.test/Team";
        grant(call(ann, Optional.empty(), CreateRequest.newBuilder().setName("Other").build(), service::create).getId(), "lk");
        for (String written : List.of(name, name + "/")) {
            refused(Status.Code.PERMISSION_DENIED, () -> call(bob, Optional.empty(),
                    RenameRequest.newBuilder().setFrom(written).setTo("Other Users/ann@example.test/Other/Team").build(), service::rename));
        }
        assertTrue(storage.trees().has(ann, Ids.of(secret)));
    }

    @Test
    void anothersInboxIsNotMovedHoweverItIsWritten() throws Exception {
        grant(inbox(ann), "lrx");
        grant(team, "lk");
        for (String written : List.of("INBOX", "INBOX/", "inbox", "inBox/")) {
            refused(Status.Code.PERMISSION_DENIED, () -> call(bob, Optional.empty(), RenameRequest.newBuilder().setFrom("Other Users/ann@example.test/" + written)
                    .setTo("Other Users/ann@example.test/Team/a").build(), service::rename));
        }
        refused(Status.Code.INVALID_ARGUMENT, () -> call(bob, Optional.empty(), RenameRequest.newBuilder().setFrom("Other Users/ann@example.test/INBOX//")
                .setTo("Other Users/ann@example.test/Team/a").build(), service::rename));
    }

    @Test
    void whatAnAccountNotesOfItselfIsForNobodyElse() throws Exception {
        call(ann, Optional.empty(), SetMetadataRequest.newBuilder()
                .addEntries(MetadataEntry.newBuilder().setName("/shared/comment").setValue(ByteString.copyFromUtf8("hers"))).build(), service::setMetadata);
        GetMetadataRequest asked = GetMetadataRequest.newBuilder().addEntry("/shared/comment").build();
        assertTrue(call(ann, Optional.empty(), asked, service::getMetadata).toString().contains("hers"));
        assertFalse(call(bob, Optional.of(ann), asked, service::getMetadata).toString().contains("hers"));
    }

    @Test
    void identifiersAreAccountsOfTheSameDomain() throws Exception {
        newAccount("eve@example.org");
        for (String identifier : List.of("anyone", "eve@example.org", "nobody@example.test", "ann@example.test", "-bob@example.test", "")) {
            refused(Status.Code.INVALID_ARGUMENT, () -> call(ann, Optional.empty(), SetAclRequest.newBuilder().setMailboxId(team)
                    .setIdentifier(identifier).setRights("lr").build(), service::setAcl));
        }
        refused(Status.Code.INVALID_ARGUMENT, () -> grant(team, "lrz"));
    }
}
