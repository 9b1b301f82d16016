package org.postel.mailbox.store;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.postel.mailbox.api.MailboxState.Column;
import org.postel.mailbox.api.v1.Change;
import org.postel.mailbox.api.v1.ChangesChunk;
import org.postel.mailbox.api.v1.ChangesRequest;
import org.postel.mailbox.api.v1.ContentRequest;
import org.postel.mailbox.api.v1.Known;
import org.postel.mailbox.api.v1.MailboxHeader;
import org.postel.mailbox.api.v1.MessageRow;
import org.postel.mailbox.api.v1.OpenRequest;
import org.postel.mailbox.api.v1.SnapshotChunk;
import org.postel.mailbox.content.Contents;
import org.postel.mailbox.storage.StoreException;
import org.postel.mailbox.storage.StoreException.Problem;

/** Opens mailboxes, tells what changed, reads messages. */
public final class MailboxReader {

    private static final int MESSAGES_IN_CHUNK = 20_000;
    private static final int ROWS_IN_CHUNK = 500;

    private final MailboxStore store;

    public MailboxReader(MailboxStore store) {
        this.store = store;
    }

    /** The whole state. */
    public void open(UUID account, OpenRequest request, Consumer<SnapshotChunk> to) {
        UUID mailbox = Uuids.of(request.getMailboxId());
        OpenMailboxes.Entry entry = store.fresh(account, mailbox);
        Optional<Integer> recent = claim(account, mailbox, entry.mailbox().header(), request.getClaimRecent());
        Set<Column> columns = request.getSizes() ? EnumSet.of(Column.SIZE) : EnumSet.noneOf(Column.class);
        List<SnapshotChunk> chunks = entry.mailbox().read(now -> {
            List<SnapshotChunk> copied = new ArrayList<>();
            Iterator<SnapshotChunk> each = now.state().chunks(MESSAGES_IN_CHUNK, columns);
            each.forEachRemaining(copied::add);
            return copied;
        });
        chunks.set(0, chunks.getFirst().toBuilder().setHeader(shown(chunks.getFirst().getHeader(), recent)).build());
        chunks.forEach(to);
    }

    /** Makes what is recent this session's (RFC 3501 §2.3.2); nothing is written when nothing is. */
    private Optional<Integer> claim(UUID account, UUID mailbox, LogHeader seen, boolean wanted) {
        boolean some = seen.mailbox().getRecentFrom() != seen.mailbox().getUidNext();
        return wanted && some ? Optional.of(store.submit(account, mailbox, new ClaimRecent())) : Optional.empty();
    }

    private static MailboxHeader shown(MailboxHeader header, Optional<Integer> recent) {
        return recent.map(from -> header.toBuilder().setRecentFrom(from).build()).orElse(header);
    }

    /**
     * What happened after a MODSEQ.
     *
     * @param named whether the tree says that the mailbox has the name of the request: asked when the header does not tell
     * @throws StoreException NOT_FOUND when it has another name
     */
    public void changes(UUID account, ChangesRequest request, BooleanSupplier named, Consumer<ChangesChunk> to) {
        OpenMailbox opened = asked(account, request, named);
        tell(account, request, opened, happened(opened, request), to);
    }

    /** As {@link #changes} in one chunk, of what is in memory; or, and then nothing was claimed, that it would be too much for that. */
    public ChangesChunk poll(UUID account, ChangesRequest request, BooleanSupplier named) {
        OpenMailbox opened = asked(account, request, named);
        Happened happened = happened(opened, request);
        if (!happened.outOfReach() && !happened.isLittle()) {
            return ChangesChunk.newBuilder().setMuch(true).build();
        }
        ChangesChunk.Builder all = ChangesChunk.newBuilder();
        tell(account, request, opened, happened, all::mergeFrom);
        return all.build();
    }

    private static Happened happened(OpenMailbox opened, ChangesRequest request) {
        Known known = Known.newBuilder().setUidValidity(request.getUidValidity()).setModseq(request.getSinceModseq()).build();
        return opened.read(now -> Happened.since(known, now));
    }

    private void tell(UUID account, ChangesRequest request, OpenMailbox opened, Happened before, Consumer<ChangesChunk> to) {
        // Who has to open the mailbox anew claims then.
        Optional<Integer> recent = claim(account, opened.id(), before.header(), request.getClaimRecent() && !before.outOfReach());
        Happened happened = recent.isPresent() ? happened(opened, request) : before;
        LogHeader header = happened.header();
        if (happened.outOfReach()) {
            to.accept(ChangesChunk.newBuilder().setHeader(header.mailbox()).setReopen(true).build());
            return;
        }
        Portions portions = new Portions(to);
        if (happened.rows().isPresent()) {
            happened.rows().get().stream().flatMap(row -> row.arrival().stream()).forEach(portions::add);
            happened.rows().get().stream().flatMap(row -> row.change().stream()).forEach(portions::add);
        } else if (!readLog(opened.id(), request, header, portions)) {
            to.accept(ChangesChunk.newBuilder().setHeader(header.mailbox()).setReopen(true).build());
            return;
        }
        portions.finish(shown(header.mailbox(), recent));
    }

    /**
     * The mailbox, as new as the request wants it: what its asker knows or heard of is never missing.
     *
     * @throws StoreException NOT_FOUND when there is none of that name
     */
    private OpenMailbox asked(UUID account, ChangesRequest request, BooleanSupplier named) {
        UUID mailbox = Uuids.of(request.getMailboxId());
        OpenMailbox opened = (request.getNewest()
                ? store.fresh(account, mailbox)
                : store.fresh(account, mailbox, Math.max(request.getSinceModseq(), request.getHeardModseq()))).mailbox();
        boolean told = request.getName().isEmpty() || opened.header().name().equals(Optional.of(request.getName()));
        if (!told && !named.getAsBoolean()) {
            throw new StoreException(Problem.NOT_FOUND, "the mailbox has another name");
        }
        return opened;
    }

    /** False when rows are missing: they were folded meanwhile. */
    private boolean readLog(UUID mailbox, ChangesRequest request, LogHeader header, Portions portions) {
        Counter<MessageRow> arrivals = new Counter<>(portions::add);
        Counter<Change> changes = new Counter<>(portions::add);
        store.log().arrivals(mailbox, Integer.toUnsignedLong(request.getUidNext()), Integer.toUnsignedLong(header.mailbox().getUidNext()), arrivals);
        store.log().changes(mailbox, request.getSinceModseq(), header.modseq(), changes);
        return arrivals.count() + changes.count() == header.modseq() - request.getSinceModseq();
    }

    /** Chunks of bounded size. */
    private static final class Portions {

        private final Consumer<ChangesChunk> to;
        private ChangesChunk.Builder next = ChangesChunk.newBuilder();

        Portions(Consumer<ChangesChunk> to) {
            this.to = to;
        }

        void add(MessageRow arrival) {
            next.addArrivals(arrival);
            sendFull();
        }

        void add(Change change) {
            next.addChanges(change);
            sendFull();
        }

        private void sendFull() {
            if (next.getArrivalsCount() + next.getChangesCount() >= ROWS_IN_CHUNK) {
                to.accept(next.build());
                next = ChangesChunk.newBuilder();
            }
        }

        void finish(MailboxHeader header) {
            to.accept(next.setHeader(header).build());
        }
    }

    /** The state of a mailbox, to be asked. */
    public MailboxView view(UUID account, ByteString mailbox) {
        return new MailboxView(store.fresh(account, Uuids.of(mailbox)).mailbox());
    }

    /** Octets of a message: the prefix, then the shared content. */
    public void content(UUID account, ContentRequest request, Consumer<ByteString> to) {
        MessageRow message = store.message(account, Uuids.of(request.getMailboxId()), request.getUid())
                .orElseThrow(() -> new StoreException(Problem.NOT_FOUND, "no such message"));
        octets(message, request.getOffset(), request.getLength() == 0 ? Long.MAX_VALUE : request.getLength(), to);
    }

    /** Brings the contents of the small ones of some messages into memory, all at once: they are about to be read. */
    public void fetchSmall(List<MessageRow> messages) {
        store.contents().fetchSmall(messages.stream().filter(row -> row.getSize() - row.getPrefix().size() <= Contents.CHUNK)
                .map(row -> Uuids.of(row.getMessageId())).toList());
    }

    /** Octets {@code [offset, offset + length)} of a message. */
    public void octets(MessageRow message, long offset, long length, Consumer<ByteString> to) {
        if (offset < 0 || length < 0) {
            throw new StoreException(Problem.INVALID, "no such octets");
        }
        long wanted = Math.min(length, Math.max(0, message.getSize() - offset));
        int prefix = message.getPrefix().size();
        if (offset < prefix && wanted > 0) {
            ByteString lines = message.getPrefix().substring((int) offset, (int) Math.min(prefix, offset + wanted));
            to.accept(lines);
            wanted -= lines.size();
        }
        store.contents().read(Uuids.of(message.getMessageId()), Math.max(0, offset - prefix), wanted, to);
    }
}
