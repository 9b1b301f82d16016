package org.postel.mailbox.intake;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.postel.mailbox.api.UidSet;
import org.postel.mailbox.api.v1.AppendAllResponse;
import org.postel.mailbox.api.v1.AppendStart;
import org.postel.mailbox.api.v1.Replaced;
import org.postel.mailbox.content.ContentWriter;
import org.postel.mailbox.content.Contents;
import org.postel.mailbox.content.Link;
import org.postel.mailbox.content.MessageSummaries;
import org.postel.mailbox.storage.Intake.Batch;
import org.postel.mailbox.storage.Quotas;
import org.postel.mailbox.storage.StoreException;
import org.postel.mailbox.storage.StoreException.Problem;
import org.postel.mailbox.store.MailboxStore;
import org.postel.mailbox.store.NewMessage;
import org.postel.mailbox.store.StoreConfig;
import org.postel.mailbox.store.Uuids;

/**
 * Messages that come into one mailbox together: content by content, then all rows in one commit. What is cut off leaves content
 * that nobody has, for the sweeper.
 */
final class AppendedMessages implements Batch {

    /** Messages in one command, each of which keeps its summary in memory here. */
    private static final int MOST = 1000;

    private final Contents contents;
    private final MailboxStore store;
    private final Quotas quotas;
    private final StoreConfig config;
    private final UUID account;
    private final long now;
    private final List<NewMessage> whole = new ArrayList<>();
    private Optional<Replaced> replaces = Optional.empty();
    private Optional<UUID> mailbox = Optional.empty();
    private Optional<Open> open = Optional.empty();
    /** Octets that go when the message comes. */
    private long room;
    private long weight;

    /** A message whose octets are coming. */
    private record Open(AppendStart start, UUID message, Link link, ContentWriter writer) {}

    /** @param now INTERNALDATE of messages that bring none, milliseconds since the epoch */
    AppendedMessages(Contents contents, MailboxStore store, Quotas quotas, StoreConfig config, UUID account, long now) {
        this.contents = contents;
        this.store = store;
        this.quotas = quotas;
        this.config = config;
        this.account = account;
        this.now = now;
    }

    @Override
    public void begin(AppendStart start) {
        endOne();
        UUID to = Uuids.of(start.getMailboxId());
        if (!mailbox.orElse(to).equals(to) || replaces.isPresent() || start.hasReplaces() && !whole.isEmpty()) {
            throw new StoreException(Problem.INVALID, "messages of one command go to one mailbox, and one replaces one");
        }
        if (whole.size() == MOST) {
            throw new StoreException(Problem.LIMIT, "too many messages at once");
        }
        mailbox = Optional.of(to);
        replaces = start.hasReplaces() ? Optional.of(start.getReplaces()) : Optional.empty();
        room = replaces.map(this::roomOf).orElse(0L);
        if (needsRoom(start.getSize())) {
            quotas.check(account, growth(start.getSize()), arriving(1));
        }
        UUID message = UUID.randomUUID();
        open = Optional.of(new Open(start, message, Link.unique(to, store.uidFrom(account, to)), contents.write(message, config.grace())));
    }

    @Override
    public void write(ByteString octets) {
        ContentWriter writer = open.orElseThrow(() -> new StoreException(Problem.INVALID, "octets of no message")).writer;
        if (writer.size() + octets.size() > config.messageSize().asLongValue()) {
            throw new StoreException(Problem.LIMIT, "message too large");
        }
        writer.write(octets);
    }

    private void endOne() {
        if (open.isEmpty()) {
            return;
        }
        Open one = open.get();
        ByteString summary = NewMessage.bounded(MessageSummaries.of(one.writer.finish(List.of(one.link)), 0), config.summary().asLongValue());
        open = Optional.empty();
        NewMessage row = new NewMessage(one.message, one.link, one.writer.size(), one.start.hasInternalDate() ? one.start.getInternalDate() : now,
                one.start.getInternalDateZone(), one.start.getFlagsList(), ByteString.EMPTY, summary);
        weight += row.weight();
        if (weight > config.copyOctets().asLongValue()) {
            throw new StoreException(Problem.LIMIT, "more messages than one commit carries");
        }
        whole.add(row);
    }

    @Override
    public AppendAllResponse finish() {
        UUID to = mailbox.orElseThrow(() -> new StoreException(Problem.INVALID, "no message"));
        if (replaces.isPresent()) {
            endOne();
            try (Quotas.Room _ = admit()) {
                Replaced gone = replaces.get();
                MailboxStore.ReplacedBy done = store.replace(account, to, whole.getFirst(), Uuids.of(gone.getMailboxId()), gone.getUid());
                quotas.freed(account);
                return answer(done.added()).setReplacedModseq(done.expungeModseq()).build();
            }
        }
        try (MailboxStore.Coming coming = store.coming(account, to)) {
            endOne();
            try (Quotas.Room _ = admit()) {
                return answer(coming.add(whole)).build();
            }
        }
    }

    private Quotas.Room admit() {
        return needsRoom(0) ? quotas.admit(account, growth(0), arriving(0)) : Quotas.Room.UNLIMITED;
    }

    /** A message that takes the place of one no smaller has room in any case. */
    private boolean needsRoom(long more) {
        return replaces.isEmpty() || growth(more) > 0;
    }

    /** Octets by which the account grows with {@code more} than those that have come. */
    private long growth(long more) {
        return whole.stream().mapToLong(NewMessage::size).sum() + more - room;
    }

    private long arriving(int more) {
        return replaces.isPresent() ? 0 : whole.size() + more;
    }

    private long roomOf(Replaced gone) {
        return quotas.limits(account).isUnlimited() ? 0 : store.octets(account, Uuids.of(gone.getMailboxId()), gone.getUid());
    }

    private static AppendAllResponse.Builder answer(MailboxStore.Added added) {
        return AppendAllResponse.newBuilder().setUidValidity(added.uidValidity()).setUids(UidSet.toBytes(added.uids())).setModseq(added.modseq());
    }

    @Override
    public void close() {
        open.ifPresent(one -> one.writer.abandon());
        open = Optional.empty();
    }
}
