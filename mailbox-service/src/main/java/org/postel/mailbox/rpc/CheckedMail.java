package org.postel.mailbox.rpc;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.postel.mailbox.api.v1.AppendResponse;
import org.postel.mailbox.api.v1.AppendStart;
import org.postel.mailbox.api.v1.ChangesChunk;
import org.postel.mailbox.api.v1.ChangesRequest;
import org.postel.mailbox.api.v1.CopyRequest;
import org.postel.mailbox.api.v1.CopyResponse;
import org.postel.mailbox.api.v1.ExpungeRequest;
import org.postel.mailbox.api.v1.ExpungeResponse;
import org.postel.mailbox.api.v1.GetMetadataRequest;
import org.postel.mailbox.api.v1.GetMetadataResponse;
import org.postel.mailbox.api.v1.MailboxHeader;
import org.postel.mailbox.api.v1.OpenRequest;
import org.postel.mailbox.api.v1.SetMetadataRequest;
import org.postel.mailbox.api.v1.SetMetadataResponse;
import org.postel.mailbox.api.v1.SnapshotChunk;
import org.postel.mailbox.api.v1.StatusRequest;
import org.postel.mailbox.api.v1.StatusResponse;
import org.postel.mailbox.api.v1.StoreRequest;
import org.postel.mailbox.api.v1.StoreResponse;
import org.postel.mailbox.sharing.Access;
import org.postel.mailbox.sharing.SharedTrees;
import org.postel.mailbox.storage.Intake;
import org.postel.mailbox.storage.MailboxTrees;
import org.postel.mailbox.storage.Mailboxes;
import org.postel.mailbox.storage.Metadata;
import org.postel.mailbox.storage.Right;
import org.postel.mailbox.storage.Rights;
import org.postel.mailbox.storage.StoreException;
import org.postel.mailbox.storage.StoreException.Problem;

/**
 * What the session of the call under way does with mail, each only with the right to (RFC 4314 §4). The account is the session's; whose
 * mailbox it is, is what the call says and the mailbox's owner then grants. One's own mailboxes cost no read for it.
 */
final class CheckedMail {

    private final MailboxTrees trees;
    private final SharedTrees shared;
    private final Mailboxes mailboxes;
    private final Intake intake;
    private final Metadata metadata;

    CheckedMail(MailboxTrees trees, SharedTrees shared, Mailboxes mailboxes, Intake intake, Metadata metadata) {
        this.trees = trees;
        this.shared = shared;
        this.mailboxes = mailboxes;
        this.intake = intake;
        this.metadata = metadata;
    }

    static UUID account() {
        return Principal.currentSession().accountId();
    }

    /** What the session may do with a mailbox. */
    Access access(ByteString mailbox) {
        return access(Principal.current().owner(), mailbox);
    }

    private Access access(Optional<UUID> owner, ByteString mailbox) {
        return owner.isEmpty() ? new Access(account(), Rights.ALL) : shared.access(account(), owner, Ids.of(mailbox));
    }

    /** Whose mailbox it is, which the session may read. */
    UUID readable(ByteString mailbox) {
        return access(mailbox).with(Right.READ);
    }

    /** Of those that may be read; the others are as if they were not there. */
    StatusResponse status(StatusRequest request) {
        UUID owner = Principal.current().owner().orElse(account());
        List<UUID> asked = request.getMailboxIdList().stream().map(Ids::of).toList();
        List<Access> access = shared.access(account(), Optional.of(owner), asked);
        List<UUID> readable = IntStream.range(0, asked.size()).filter(i -> access.get(i).rights().has(Right.READ)).mapToObj(asked::get).toList();
        List<MailboxHeader> headers = mailboxes.status(owner, readable);
        return StatusResponse.newBuilder().addAllHeaders(headers).build();
    }

    void changes(ChangesRequest request, Consumer<ChangesChunk> to) {
        UUID owner = readable(request.getMailboxId());
        mailboxes.changes(owner, forOwner(owner, request), to);
    }

    ChangesChunk poll(ChangesRequest request) {
        UUID owner = readable(request.getMailboxId());
        return mailboxes.poll(owner, forOwner(owner, request));
    }

    /** By the owner's name of the mailbox; what is recent in another's stays so for its owner. */
    private ChangesRequest forOwner(UUID owner, ChangesRequest request) {
        ChangesRequest.Builder owners = request.toBuilder().setName(shared.ownersName(request.getName()));
        return own(owner) ? owners.build() : owners.clearClaimRecent().build();
    }

    /** What is recent in another's mailbox stays so for its owner. */
    void open(OpenRequest request, Consumer<SnapshotChunk> to) {
        UUID owner = readable(request.getMailboxId());
        mailboxes.open(owner, own(owner) ? request : request.toBuilder().clearClaimRecent().build(), to);
    }

    private static boolean own(UUID owner) {
        return owner.equals(account());
    }

    StoreResponse store(StoreRequest request) {
        Access access = access(request.getMailboxId());
        access.with(Right.READ);
        return new RightfulStore(mailboxes, access).store(request);
    }

    /**
     * Where a message may be put.
     *
     * @param start without the flags that may not be set (RFC 4314 §4)
     */
    record Target(UUID owner, AppendStart start) {}

    Target target(AppendStart start) {
        Access access = access(start.getMailboxId());
        UUID owner = access.with(Right.INSERT);
        return new Target(owner, start.toBuilder().clearFlags()
                .addAllFlags(start.getFlagsList().stream().filter(access.rights()::mayChange).toList()).build());
    }

    /** Whose mailbox it is, from which messages may be taken away. */
    UUID expungeable(ByteString mailbox) {
        Access access = access(mailbox);
        access.with(Right.DELETE_MESSAGES);
        return access.with(Right.EXPUNGE);
    }

    Intake.Upload<AppendResponse> append(AppendStart start) {
        Target target = target(start);
        return intake.append(target.owner(), target.start());
    }

    /** Messages that come together. */
    Intake.Batch appendAll() {
        return new CheckedBatch(this, intake);
    }

    CopyResponse copy(CopyRequest request) {
        Access from = access(request.getFrom());
        from.with(Right.READ);
        if (request.getMove()) {
            // RFC 6851 §4.1.
            from.with(Right.DELETE_MESSAGES);
            from.with(Right.EXPUNGE);
        }
        Access to = access(request.getToOwner().isEmpty() ? Optional.empty() : Optional.of(Ids.of(request.getToOwner())), request.getTo());
        return mailboxes.copy(from.owner(), to.with(Right.INSERT), request, to.rights()::mayChange);
    }

    ExpungeResponse expunge(ExpungeRequest request) {
        Access access = access(request.getMailboxId());
        if (request.hasByLease() && !own(access.owner())) {
            throw new StoreException(Problem.FORBIDDEN, "a maildrop is its owner's");
        }
        return mailboxes.expunge(access.with(Right.EXPUNGE), request);
    }

    GetMetadataResponse metadata(GetMetadataRequest request) {
        shared.access(account(), Principal.current().owner(), request.getMailboxIdList().stream().map(Ids::of).toList())
                .forEach(access -> access.with(Right.READ));
        // Those of an account itself are for nobody else.
        UUID owner = request.getMailboxIdCount() == 0 ? account() : Principal.current().owner().orElse(account());
        return metadata.get(account(), owner, request);
    }

    /** RFC 5464 §3: shared entries are for who may write, private ones for who may read. */
    SetMetadataResponse setMetadata(SetMetadataRequest request) {
        if (request.getMailboxId().isEmpty()) {
            return metadata.set(account(), account(), request);
        }
        Access access = access(request.getMailboxId());
        UUID owner = access.with(Right.READ);
        if (request.getEntriesList().stream().anyMatch(entry -> entry.getName().regionMatches(true, 0, "/shared", 0, 7))) {
            access.with(Right.WRITE);
        }
        if (!trees.has(owner, Ids.of(request.getMailboxId()))) {
            throw new StoreException(Problem.NOT_FOUND, "no such mailbox");
        }
        return metadata.set(account(), owner, request);
    }
}
