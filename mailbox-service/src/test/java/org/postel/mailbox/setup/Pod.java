package org.postel.mailbox.setup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.postel.mailbox.api.MailboxState;
import org.postel.mailbox.api.UidSet;
import org.postel.mailbox.api.v1.AppendResponse;
import org.postel.mailbox.api.v1.AppendStart;
import org.postel.mailbox.api.v1.ChangesChunk;
import org.postel.mailbox.api.v1.ChangesRequest;
import org.postel.mailbox.api.v1.ContentRequest;
import org.postel.mailbox.api.v1.CopyRequest;
import org.postel.mailbox.api.v1.CopyResponse;
import org.postel.mailbox.api.v1.CreateRequest;
import org.postel.mailbox.api.v1.DeliverRequest;
import org.postel.mailbox.api.v1.DeliverResult.Outcome;
import org.postel.mailbox.api.v1.DeliverTo;
import org.postel.mailbox.api.v1.ExpungeRequest;
import org.postel.mailbox.api.v1.Flags;
import org.postel.mailbox.api.v1.OpenRequest;
import org.postel.mailbox.api.v1.RenameRequest;
import org.postel.mailbox.api.v1.StoreRequest;
import org.postel.mailbox.api.v1.StoreResponse;
import org.postel.mailbox.api.v1.SummariesRequest;
import org.postel.mailbox.api.v1.SummaryRow;
import org.postel.mailbox.cassandra.CassandraSession;
import org.postel.mailbox.storage.Intake.Upload;
import org.postel.mailbox.storage.StoreException;
import org.postel.mailbox.store.TestStoreConfig;
import org.postel.mailbox.store.Uuids;
import org.roaringbitmap.RoaringBitmap;

/** One instance of the store as a test speaks to it. Two of them on one Cassandra are two pods. */
record Pod(MailStorage storage) {

    Pod(CassandraSession cassandra, Map<String, String> config) {
        this(cassandra, config, Clock.systemUTC());
    }

    Pod(CassandraSession cassandra, Map<String, String> config, Clock clock) {
        this(new MailStorage(cassandra, TestStoreConfig.with(config), (account, mailbox, modseq) -> {}, message -> false, clock));
    }

    /** A new account. */
    UUID account() {
        UUID account = UUID.randomUUID();
        storage.trees().createAccount(account);
        return account;
    }

    UUID inbox(UUID account) {
        return storage.trees().inbox(account);
    }

    UUID mailbox(UUID account, String name) {
        return storage.trees().tree(account).getMailboxesList().stream().filter(mailbox -> mailbox.getName().equals(name))
                .map(mailbox -> Uuids.of(mailbox.getId())).findFirst().orElseThrow();
    }

    UUID create(UUID account, String name) {
        return Uuids.of(storage.trees().create(account, CreateRequest.newBuilder().setName(name).build()).getId());
    }

    Outcome deliver(UUID account, UUID message, String content) {
        return storage.intake().deliver(DeliverRequest.newBuilder()
                .setMessageId(Uuids.toBytes(message))
                .setInline(ByteString.copyFromUtf8(content))
                .setAcceptedAt(System.currentTimeMillis())
                .addTo(DeliverTo.newBuilder().setAccountId(Uuids.toBytes(account)).setPrefix(ByteString.copyFromUtf8("Delivered-To: a@example.test\r\n")))
                .build()).getResults(0).getOutcome();
    }

    AppendResponse append(UUID account, UUID mailbox, String content, String... flags) {
        byte[] octets = content.getBytes(StandardCharsets.UTF_8);
        try (Upload<AppendResponse> upload = storage.intake().append(account, AppendStart.newBuilder()
                .setMailboxId(Uuids.toBytes(mailbox)).setSize(octets.length).addAllFlags(List.of(flags)).build())) {
            upload.write(ByteString.copyFrom(octets));
            return upload.finish();
        }
    }

    MailboxState open(UUID account, UUID mailbox) {
        MailboxState state = new MailboxState(EnumSet.of(MailboxState.Column.SIZE));
        storage.mailboxes().open(account, OpenRequest.newBuilder().setMailboxId(Uuids.toBytes(mailbox)).setSizes(true).build(), state::fold);
        return state;
    }

    /** Brings a view up to date, whichever pod committed last; false when it must be opened anew. */
    boolean update(UUID account, UUID mailbox, MailboxState view) {
        List<ChangesChunk> chunks = new ArrayList<>();
        storage.mailboxes().changes(account, ChangesRequest.newBuilder().setMailboxId(Uuids.toBytes(mailbox))
                .setUidValidity(view.header().getUidValidity()).setSinceModseq(view.modseq()).setUidNext(view.header().getUidNext()).setNewest(true).build(), chunks::add);
        if (chunks.getLast().getReopen()) {
            return false;
        }
        chunks.forEach(chunk -> chunk.getArrivalsList().forEach(view::apply));
        chunks.forEach(chunk -> chunk.getChangesList().forEach(view::apply));
        view.apply(chunks.getLast().getHeader());
        return true;
    }

    /** The MODSEQ that a client's poll leads to. */
    long poll(UUID account, UUID mailbox, ChangesRequest.Builder request) {
        return storage.mailboxes().poll(account, request.setMailboxId(Uuids.toBytes(mailbox)).build()).getHeader().getModseq();
    }

    /** Whether a client that selects a mailbox it knows by name gets it. */
    boolean opens(UUID account, UUID mailbox, String name, boolean newest) {
        try {
            poll(account, mailbox, ChangesRequest.newBuilder().setName(name).setNewest(newest));
            return true;
        } catch (StoreException e) {
            assertEquals(StoreException.Problem.NOT_FOUND, e.problem());
            return false;
        }
    }

    void rename(UUID account, String from, String to) {
        storage.trees().rename(account, RenameRequest.newBuilder().setFrom(from).setTo(to).build());
    }

    String content(UUID account, UUID mailbox, int uid, long offset, long length) {
        StringBuilder text = new StringBuilder();
        storage.mailboxes().content(account, ContentRequest.newBuilder().setMailboxId(Uuids.toBytes(mailbox)).setUid(uid)
                .setOffset(offset).setLength(length).build(), octets -> text.append(octets.toStringUtf8()));
        return text.toString();
    }

    StoreResponse add(UUID account, UUID mailbox, RoaringBitmap uids, String flag) {
        return storage.mailboxes().store(account, StoreRequest.newBuilder().setMailboxId(Uuids.toBytes(mailbox)).setUids(UidSet.toBytes(uids))
                .setAdd(Flags.newBuilder().addFlag(flag)).build());
    }

    StoreResponse add(UUID account, UUID mailbox, RoaringBitmap uids, String flag, long unchangedSince) {
        return storage.mailboxes().store(account, StoreRequest.newBuilder().setMailboxId(Uuids.toBytes(mailbox)).setUids(UidSet.toBytes(uids))
                .setAdd(Flags.newBuilder().addFlag(flag)).setUnchangedSince(unchangedSince).build());
    }

    RoaringBitmap expunge(UUID account, UUID mailbox) {
        return UidSet.parse(storage.mailboxes().expunge(account, ExpungeRequest.newBuilder().setMailboxId(Uuids.toBytes(mailbox)).build()).getUids());
    }

    CopyResponse copy(UUID account, UUID from, UUID to, RoaringBitmap uids, boolean move) {
        return storage.mailboxes().copy(account, CopyRequest.newBuilder().setFrom(Uuids.toBytes(from)).setTo(Uuids.toBytes(to))
                .setUids(UidSet.toBytes(uids)).setMove(move).build());
    }

    List<SummaryRow> summaries(UUID account, UUID mailbox, RoaringBitmap uids) {
        List<SummaryRow> rows = new ArrayList<>();
        storage.mailboxes().summaries(account, SummariesRequest.newBuilder().setMailboxId(Uuids.toBytes(mailbox)).setUids(UidSet.toBytes(uids))
                .setEnvelope(true).setBody(true).build(), chunk -> rows.addAll(chunk.getRowsList()));
        return rows;
    }
}
