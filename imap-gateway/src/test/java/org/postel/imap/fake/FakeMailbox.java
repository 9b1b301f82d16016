package org.postel.imap.fake;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.postel.mailbox.api.MailboxState;
import org.postel.mailbox.api.UidSet;
import org.postel.mailbox.api.v1.Change;
import org.postel.mailbox.api.v1.ChangesChunk;
import org.postel.mailbox.api.v1.ChangesRequest;
import org.postel.mailbox.api.v1.Expunged;
import org.postel.mailbox.api.v1.Flags;
import org.postel.mailbox.api.v1.Known;
import org.postel.mailbox.api.v1.Mailbox;
import org.postel.mailbox.api.v1.MailboxHeader;
import org.postel.mailbox.api.v1.MessageRow;
import org.postel.mailbox.api.v1.MessageSummary;
import org.postel.mailbox.api.v1.SnapshotChunk;
import org.postel.mailbox.api.v1.StoreRequest;
import org.postel.mailbox.api.v1.SummaryRow;
import org.postel.mailbox.api.v1.VanishedChunk;
import org.postel.mailbox.api.v1.VanishedRequest;
import org.roaringbitmap.RoaringBitmap;

/** One mailbox as a log, and what it folds to. */
final class FakeMailbox {

    private static final int UID_VALIDITY = 1_700_000_000;

    final ByteString id = ByteString.copyFrom(UUID.randomUUID().toString().substring(0, 16), StandardCharsets.US_ASCII);
    final List<String> specialUse;
    String name;
    boolean subscribed = true;
    /** Of another account's mailbox: what alice may do with it. */
    Optional<String> rights = Optional.empty();
    private final MailboxState state = new MailboxState(EnumSet.of(MailboxState.Column.SIZE, MailboxState.Column.INTERNAL_DATE));
    private final List<MessageRow> arrivals = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();
    private final Map<Integer, byte[]> contents = new HashMap<>();
    private final Map<Integer, MessageSummary> summaries = new HashMap<>();
    /** Where the mailbox stands for those who do not want the newest; empty: where it stands. */
    private Optional<MailboxHeader> old = Optional.empty();
    private int uidNext = 1;
    private int recentFrom = 1;
    private long modseq = 1;
    private long logFrom;

    FakeMailbox(String name, String... specialUse) {
        this.name = name;
        this.specialUse = List.of(specialUse);
        state.fold(SnapshotChunk.newBuilder().setHeader(header()).build());
    }

    Mailbox described() {
        return Mailbox.newBuilder().setId(id).setName(name).addAllSpecialUse(specialUse).setSubscribed(subscribed)
                .setSelectable(true).setUidValidity(UID_VALIDITY).setRights(rights.orElse(""))
                .setOwnerId(rights.isPresent() ? FakeAccounts.BOB : ByteString.EMPTY).build();
    }

    MailboxHeader header() {
        return MailboxHeader.newBuilder().setMailboxId(id).setUidValidity(UID_VALIDITY).setUidNext(uidNext).setModseq(modseq)
                .setMessages(state.messages()).setRecentFrom(recentFrom)
                .setUnseen(state.messages() - state.flag("\\Seen").getCardinality())
                .setDeleted(state.flag("\\Deleted").getCardinality())
                .setBytes(contents.entrySet().stream().filter(each -> state.uids().contains(each.getKey())).mapToLong(each -> each.getValue().length).sum()).build();
    }

    int add(byte[] content, List<String> flags, long date, int zone) {
        return add(content, FakeSummaries.of(content), flags, date, zone);
    }

    int add(byte[] content, MessageSummary summary, List<String> flags, long date, int zone) {
        int uid = uidNext++;
        MessageRow row = MessageRow.newBuilder().setUid(uid).setModseq(++modseq).setSize(content.length)
                .setInternalDate(date).setInternalDateZone(zone).addAllFlags(flags).build();
        arrivals.add(row);
        state.apply(row);
        contents.put(uid, content);
        summaries.put(uid, summary);
        return uid;
    }

    long change(RoaringBitmap uids, java.util.function.Consumer<Change.Builder> what) {
        uids.and(state.uids());
        if (uids.isEmpty()) {
            return 0;
        }
        Change.Builder change = Change.newBuilder().setModseq(++modseq).setUids(UidSet.toBytes(uids));
        what.accept(change);
        changes.add(change.build());
        state.apply(change.build());
        return modseq;
    }

    /** Those with a MODSEQ above this one. */
    RoaringBitmap changedSince(long modseq) {
        return state.changedSince(modseq);
    }

    /** Those whose flags differ from what they would be after a store. */
    RoaringBitmap unlike(StoreRequest request, RoaringBitmap uids) {
        RoaringBitmap unlike = new RoaringBitmap();
        uids.forEach((int uid) -> {
            List<String> has = state.flagsOf(uid);
            boolean same = has.containsAll(request.getAdd().getFlagList())
                    && request.getRemove().getFlagList().stream().noneMatch(has::contains)
                    && (!request.hasSet() || Set.copyOf(has).equals(Set.copyOf(request.getSet().getFlagList())));
            if (!same) {
                unlike.add(uid);
            }
        });
        return unlike;
    }

    long expunge(RoaringBitmap uids) {
        return change(uids, change -> change.setExpunged(Expunged.getDefaultInstance()));
    }

    List<SnapshotChunk> open(boolean claim, boolean sizes) {
        List<SnapshotChunk> chunks = new ArrayList<>();
        state.chunks(1000, sizes ? EnumSet.of(MailboxState.Column.SIZE) : Set.of()).forEachRemaining(chunks::add);
        chunks.set(0, chunks.getFirst().toBuilder().setHeader(header()).build());
        claim(claim);
        return chunks;
    }

    /** From now on polls are answered so. */
    void answerAsOfNow() {
        old = Optional.of(header());
    }

    /** As mailbox-service sends it with the answer to a change: not while there are messages that nobody was shown. */
    Optional<ChangesChunk> along(Known known) {
        return recentFrom == uidNext ? Optional.of(since(known.getModseq(), modseq).setHeader(header()).build()) : Optional.empty();
    }

    ChangesChunk changes(ChangesRequest request) {
        long wanted = Math.max(request.getSinceModseq(), request.getHeardModseq());
        if (!request.getNewest() && old.isPresent() && wanted <= old.get().getModseq()) {
            return since(request.getSinceModseq(), old.get().getModseq()).setHeader(old.get()).build();
        }
        ChangesChunk.Builder chunk = since(request.getSinceModseq(), modseq).setHeader(header());
        claim(request.getClaimRecent());
        return chunk.build();
    }

    private ChangesChunk.Builder since(long from, long to) {
        ChangesChunk.Builder chunk = ChangesChunk.newBuilder();
        arrivals.stream().filter(row -> row.getModseq() > from && row.getModseq() <= to).forEach(chunk::addArrivals);
        changes.stream().filter(change -> change.getModseq() > from && change.getModseq() <= to).forEach(chunk::addChanges);
        return chunk;
    }

    private void claim(boolean claim) {
        if (claim) {
            recentFrom = uidNext;
        }
    }

    void foldLog() {
        logFrom = modseq;
    }

    /** A UID in each chunk: whoever reads only the first misses the others. */
    List<VanishedChunk> vanished(VanishedRequest request) {
        if (request.getSinceModseq() < logFrom || request.getSinceModseq() > modseq) {
            return List.of(VanishedChunk.newBuilder().setOutOfReach(true).build());
        }
        List<VanishedChunk> chunks = new ArrayList<>();
        changes.stream().filter(change -> change.getModseq() > request.getSinceModseq() && change.hasExpunged())
                .forEach(change -> UidSet.parse(change.getUids()).forEach((int uid) ->
                        chunks.add(VanishedChunk.newBuilder().setUids(UidSet.toBytes(RoaringBitmap.bitmapOf(uid))).build())));
        return chunks;
    }

    RoaringBitmap uids() {
        return state.uids();
    }

    RoaringBitmap flag(String flag) {
        return state.flag(flag);
    }

    List<String> flagsOf(int uid) {
        return state.flagsOf(uid);
    }

    byte[] content(int uid) {
        return contents.get(uid);
    }

    boolean has(int uid) {
        return contents.containsKey(uid) && state.uids().contains(uid);
    }

    SummaryRow summary(int uid) {
        MessageRow row = arrivals.stream().filter(it -> it.getUid() == uid).findFirst().orElseThrow();
        return SummaryRow.newBuilder().setUid(uid).setSize(row.getSize()).setInternalDate(row.getInternalDate())
                .setInternalDateZone(row.getInternalDateZone()).setSavedAt(row.getInternalDate() + 60_000)
                .setMessageId(messageId(uid)).setSummary(summaries.get(uid)).build();
    }

    /** The previews of even UIDs are at hand, those of others have to be made. */
    SummaryRow previewed(int uid, boolean preview, boolean made) {
        SummaryRow.Builder row = summary(uid).toBuilder();
        if (preview && (made || uid % 2 == 0)) {
            row.getSummaryBuilder().setPreview("Pr\u00e9view " + uid);
        }
        return row.build();
    }

    MessageSummary summaryOf(int uid) {
        return summaries.get(uid);
    }

    /** The 16 octets that the store would name the message by: those of its number. */
    ByteString messageId(int uid) {
        return ByteString.copyFromUtf8("message %08d".formatted(uid));
    }

    static Flags flags(List<String> names) {
        return Flags.newBuilder().addAllFlag(names).build();
    }

    int uidValidity() {
        return UID_VALIDITY;
    }

    long modseq(int uid) {
        return state.modseq(uid);
    }

    long modseq() {
        return modseq;
    }
}
