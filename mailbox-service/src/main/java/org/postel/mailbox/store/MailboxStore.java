package org.postel.mailbox.store;

import com.google.protobuf.ByteString;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.postel.mailbox.api.v1.ChangesChunk;
import org.postel.mailbox.api.v1.Known;
import org.postel.mailbox.api.v1.MailboxHeader;
import org.postel.mailbox.api.v1.MessageRow;
import org.postel.mailbox.cassandra.Cql;
import org.postel.mailbox.content.Contents;
import org.postel.mailbox.storage.CommitListener;
import org.postel.mailbox.storage.StoreException;
import org.postel.mailbox.storage.StoreException.Problem;
import org.roaringbitmap.RoaringBitmap;

/** The mailboxes of this pod's view: opens them, submits commands to them, keeps their logs short. */
public final class MailboxStore implements AutoCloseable {

    private final MailboxLog log;
    private final LogWriter writer;
    private final Committer.Ground commits;
    private final NameColumn names;
    private final OpenMailboxes open;
    private final Contents contents;
    private final MessageCache messages;
    private final StoreConfig config;
    private final Clock clock;

    public MailboxStore(Cql cql, Contents contents, StoreConfig config, CommitListener listener, Clock clock) {
        this.log = new MailboxLog(cql);
        this.writer = new LogWriter(cql, log, clock);
        this.commits = Committer.Ground.of(cql, log, writer, config.soleWriters(), config.soleWriterLook());
        this.names = new NameColumn(cql);
        this.contents = contents;
        this.messages = new MessageCache(config.messageCache().asLongValue());
        this.config = config;
        this.clock = clock;
        Housekeeping housekeeping = new Housekeeping(new SnapshotWriter(cql, log), new LogFolder(cql, log, contents, config, clock), config.snapshotAfter());
        this.open = new OpenMailboxes(log, commits, config, (mailbox, header) -> {
            listener.committed(header.account(), Optional.of(mailbox.id()), header.modseq());
            housekeeping.after(mailbox);
        });
    }

    /** Makes an empty mailbox; the id is new. */
    public void create(UUID account, UUID mailbox, int uidValidity) {
        writer.create(mailbox, account, uidValidity);
    }

    /**
     * A mailbox was found in the tree by its name: from now on its header tells it.
     *
     * @param version of that tree
     */
    public void named(UUID mailbox, String name, long version) {
        names.tell(mailbox, name, version);
    }

    /**
     * Mailboxes are about to lose their names: their headers tell none, from before the tree changes.
     *
     * @param version of the tree after the change
     * @throws StoreException UNAVAILABLE when that is not certain: then the tree must not change
     */
    public void unnamed(Collection<UUID> mailboxes, long version) {
        names.takeAway(mailboxes, version);
        mailboxes.forEach(mailbox -> open.find(mailbox).ifPresent(entry -> entry.mailbox().unnamed()));
    }

    /** Nothing can be done with the mailbox any more; its mail is for the sweeper. */
    public void remove(UUID account, UUID mailbox) {
        submit(account, mailbox, new Remove());
        open.forget(mailbox);
    }

    /** The header as it is durable now; empty when the mailbox is gone, never was or is another account's. */
    public Optional<MailboxHeader> status(UUID account, UUID mailbox) {
        return log.header(mailbox).flatMap(header -> shown(account, mailbox, header));
    }

    private Optional<MailboxHeader> shown(UUID account, UUID mailbox, LogHeader read) {
        Optional<LogHeader> found = Optional.of(read).map(header -> commits.headers().certain(mailbox, header))
                .filter(header -> !header.gone() && header.account().equals(account));
        // What a client was told of a mailbox it will look for there.
        found.ifPresent(header -> open.find(mailbox).ifPresent(entry -> entry.mailbox().seen(header.modseq())));
        return found.map(LogHeader::mailbox);
    }

    /** As {@link #status(UUID, UUID)} of many, read at the same time; those that are gone are left out. */
    public List<MailboxHeader> status(UUID account, List<UUID> mailboxes) {
        List<MailboxHeader> headers = new ArrayList<>(mailboxes.size());
        log.headers(mailboxes, (mailbox, header) -> shown(account, mailbox, header).ifPresent(headers::add));
        return headers;
    }

    /**
     * Puts messages into a mailbox, all or none. Their content is there and linked to.
     *
     * @return their UIDs, ascending in the order of the messages
     */
    public Added add(UUID account, UUID mailbox, List<NewMessage> messages) {
        return arrive(account, mailbox, messages, OptionalLong.empty());
    }

    /**
     * Puts a message into a mailbox in the place of one that goes, in one commit where it is the same mailbox. Else the new one
     * comes first: what is cut off in between leaves both.
     *
     * @throws StoreException PRECONDITION when the one to go is not there: then nothing comes
     */
    public ReplacedBy replace(UUID account, UUID mailbox, NewMessage message, UUID from, int uid) {
        Arrive arrival = new Arrive(List.of(message.arrival(clock.millis())), OptionalLong.empty());
        if (from.equals(mailbox)) {
            Replace.Done done = submit(account, mailbox, new Replace(arrival, uid));
            return new ReplacedBy(added(done.arrived()), done.expungeModseq());
        }
        RoaringBitmap going = RoaringBitmap.bitmapOf(uid);
        if (!fresh(account, from).mailbox().read(now -> now.state().uids().contains(uid))) {
            throw new StoreException(Problem.PRECONDITION, "the message to be replaced is not there");
        }
        Added added = added(submit(account, mailbox, arrival));
        Expunge.Gone gone = submit(account, from, new Expunge(Optional.of(going), new Expunge.Which.Named(OptionalLong.empty())));
        return new ReplacedBy(added, gone.modseq());
    }

    /** The size of a message; 0 where there is none. */
    public long octets(UUID account, UUID mailbox, int uid) {
        return fresh(account, mailbox).mailbox().read(now -> now.state().uids().contains(uid) ? now.state().size(uid) : 0L);
    }

    /** @param expungeModseq 0 when somebody else removed it meanwhile */
    public record ReplacedBy(Added added, long expungeModseq) {}

    /**
     * Puts a delivered message into a mailbox, or does nothing when a message of the same id came before.
     *
     * @param from as {@link #findDelivery} said before the content was written
     */
    public Added deliver(UUID account, UUID mailbox, NewMessage message, long from) {
        return arrive(account, mailbox, List.of(message), OptionalLong.of(from));
    }

    /** Tells that messages will be put into a mailbox as soon as their content is there: their commit is shared with others. */
    public Coming coming(UUID account, UUID mailbox) {
        return new Coming(mailbox, open.get(account, mailbox).queue().expect());
    }

    /** A message that is about to be put into a mailbox; closed without, it is not. */
    public final class Coming implements AutoCloseable {

        private final UUID mailbox;
        private final CommitQueue.Expected expected;

        private Coming(UUID mailbox, CommitQueue.Expected expected) {
            this.mailbox = mailbox;
            this.expected = expected;
        }

        /** As {@link MailboxStore#add}. */
        public Added add(List<NewMessage> messages) {
            long now = clock.millis();
            Arrive command = new Arrive(messages.stream().map(message -> message.arrival(now)).toList(), OptionalLong.empty());
            return added(forgetting(mailbox, () -> expected.submit(command)));
        }

        @Override
        public void close() {
            expected.close();
        }
    }

    private Added arrive(UUID account, UUID mailbox, List<NewMessage> messages, OptionalLong once) {
        long now = clock.millis();
        Arrive command = new Arrive(messages.stream().map(message -> message.arrival(now)).toList(), once);
        return added(submit(account, mailbox, command));
    }

    private static Added added(Arrive.Arrived arrived) {
        return new Added(arrived.uidValidity(), arrived.uids(), arrived.modseq());
    }

    /**
     * Looks for a message that was delivered before, expunged ones included. The log is read only when it reaches further
     * back than what is in memory.
     *
     * @param accepted when it was accepted, milliseconds since the epoch
     * @return whether it is there, and from which UID on that is not known
     */
    public Delivery findDelivery(UUID account, UUID mailbox, UUID message, long accepted) {
        ByteString id = Uuids.toBytes(message);
        long since = accepted - config.clockDifference().toMillis();
        return open.get(account, mailbox).mailbox().read(now -> delivery(now.arrived(), id, since))
                .orElseGet(() -> searchDelivery(account, mailbox, id, since));
    }

    private static Optional<Delivery> delivery(ArrivedIds arrived, ByteString id, long since) {
        boolean found = arrived.find(id).isPresent();
        return found || arrived.coverSince(since) ? Optional.of(new Delivery(found, arrived.fromUid())) : Optional.empty();
    }

    private Delivery searchDelivery(UUID account, UUID mailbox, ByteString id, long since) {
        OpenMailbox opened = fresh(account, mailbox).mailbox();
        long uidNext = Integer.toUnsignedLong(opened.header().mailbox().getUidNext());
        List<MessageRow> newest = new ArrayList<>();
        boolean all = log.newest(mailbox, since, row -> {
            if (Integer.toUnsignedLong(row.getUid()) < uidNext) {
                newest.add(row);
            }
        });
        opened.read(now -> {
            now.arrived().addBefore(newest, uidNext, all);
            return now;
        });
        return new Delivery(newest.stream().anyMatch(row -> row.getMessageId().equals(id)), uidNext);
    }

    /** @param from UIDs below it were searched */
    public record Delivery(boolean found, long from) {}

    /** @param modseq 0 when the message was there before */
    public record Added(int uidValidity, RoaringBitmap uids, long modseq) {}

    /** The UID that the next message will have, or a later one. */
    public long uidFrom(UUID account, UUID mailbox) {
        return Integer.toUnsignedLong(open.get(account, mailbox).mailbox().header().mailbox().getUidNext());
    }

    /** A message by UID, also one that was expunged not long ago. */
    public Optional<MessageRow> message(UUID account, UUID mailbox, int uid) {
        known(account, mailbox);
        return messages.find(mailbox, uid).map(MessageCache.Entry::row).or(() -> log.message(mailbox, uid));
    }

    /**
     * Whether it is a mailbox of this account; its state may be old.
     *
     * @throws StoreException NOT_FOUND when it is none
     */
    void known(UUID account, UUID mailbox) {
        if (open.get(account, mailbox).mailbox().header().gone()) {
            throw new StoreException(Problem.NOT_FOUND, "no such mailbox");
        }
    }

    <R> R submit(UUID account, UUID mailbox, Command<R> command) {
        CommitQueue queue = open.get(account, mailbox).queue();
        return forgetting(mailbox, () -> queue.submit(command));
    }

    /** A state whose commit failed may not be what is durable. */
    private <R> R forgetting(UUID mailbox, Supplier<R> commit) {
        try {
            return commit.get();
        } catch (StoreException e) {
            if (e.problem() == Problem.UNAVAILABLE || e.problem() == Problem.NOT_FOUND) {
                open.forget(mailbox);
            }
            throw e;
        }
    }

    /** A mailbox whose state is at least as new as what was committed before this call. */
    OpenMailboxes.Entry fresh(UUID account, UUID mailbox) {
        return refreshed(account, mailbox, OpenMailbox::refresh);
    }

    /**
     * As {@link #fresh(UUID, UUID)}, but for what other pods committed within the last moment ({@link StoreConfig#moment}).
     *
     * @param modseq that it reaches if the log does
     */
    OpenMailboxes.Entry fresh(UUID account, UUID mailbox, long modseq) {
        return refreshed(account, mailbox, opened -> opened.refresh(config.moment(), modseq));
    }

    private OpenMailboxes.Entry refreshed(UUID account, UUID mailbox, Consumer<OpenMailbox> refresh) {
        OpenMailboxes.Entry entry = open.get(account, mailbox);
        refresh.accept(entry.mailbox());
        if (entry.mailbox().header().gone()) {
            throw new StoreException(Problem.NOT_FOUND, "no such mailbox");
        }
        open.weigh(entry);
        return entry;
    }

    /** What happened in a mailbox that was just written to, as far as it can come along with the answer. */
    Optional<ChangesChunk> along(UUID mailbox, Known known, long modseq) {
        // What is durable must not fail any more: a mailbox that left memory meanwhile is not read again for this.
        return open.find(mailbox).flatMap(entry -> entry.mailbox().read(now -> Happened.since(known, now)).along(modseq));
    }

    /** The header as it is durable now, also of a mailbox that is gone; empty when there never was one. */
    Optional<LogHeader> certainHeader(UUID mailbox) {
        return commits.headers().newest(mailbox);
    }

    /** Ends the tenure of a mailbox's sole writer, whoever that is; returns when everybody may write. */
    void share(UUID mailbox) {
        commits.share(mailbox);
    }

    /** Leaves all mailboxes that this instance is the sole writer of: no other has to wait for it then. */
    @Override
    public void close() {
        commits.tenures().close();
    }

    /** What is in memory is not what is durable any more. */
    void forget(UUID mailbox) {
        open.forget(mailbox);
    }

    MailboxLog log() {
        return log;
    }

    MessageCache messages() {
        return messages;
    }

    Contents contents() {
        return contents;
    }
}
