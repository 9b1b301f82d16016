package org.postel.imap.command;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Scheduler;
import com.github.benmanes.caffeine.cache.Ticker;
import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;
import org.postel.imap.session.MailboxView;
import org.postel.mailbox.api.MailboxServiceException;
import org.postel.mailbox.api.v1.SummaryRow;
import org.roaringbitmap.RoaringBitmap;

/**
 * Small messages that clients will ask for next: who fetches whole messages one by one in their order, as programs do that keep a copy of
 * a mailbox, is sent most of them from here, and mailbox-service is asked for several at once. Messages never change; flags are looked up
 * when they are sent. Bounded by octets over all sessions, and by seconds. For any number of threads.
 */
public final class ReadAhead {

    /** Of one session, what each message takes besides included. */
    static final int MOST_OCTETS = 256 << 10;
    /** With the one that is asked for, what mailbox-service reads together. */
    private static final int MOST_MESSAGES = 15;
    private static final int FEWEST_MESSAGES = 2;
    private static final int LONGEST_ROW = 64;
    private static final int OVERHEAD = 512;
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final Logger LOG = Logger.getLogger(ReadAhead.class);

    /**
     * A message with its octets.
     *
     * @param octets in pieces
     */
    record Message(SummaryRow row, List<ByteString> octets) {

        private long size() {
            return octets.stream().mapToLong(ByteString::size).sum();
        }

        private long weight() {
            return OVERHEAD + row.getSerializedSize() + size();
        }
    }

    /** What a session has here, of one mailbox. */
    private record Portion(ByteString mailboxId, Map<Integer, Message> messages) {
    }

    private final Semaphore room;
    private final Cache<Run, Portion> portions;

    /** @param octets in memory at most; 0 for none */
    public ReadAhead(long octets) {
        this(octets, Ticker.systemTicker());
    }

    ReadAhead(long octets, Ticker ticker) {
        room = new Semaphore((int) Math.min(Integer.MAX_VALUE, octets / MOST_OCTETS));
        // Each is gone in time, also where nobody comes by any more: its room is for others then.
        portions = Caffeine.newBuilder().expireAfterWrite(LONGEST).ticker(ticker).scheduler(Scheduler.systemScheduler()).executor(Runnable::run)
                .removalListener((Run run, Portion portion, RemovalCause cause) -> room.release()).build();
    }

    /** For a new session. */
    Run run() {
        return new Run();
    }

    /** What one session fetches, one message after the other. Used by its thread. */
    final class Run {

        private ByteString mailboxId = ByteString.EMPTY;
        private int last;
        /** The last of those that were kept; 0 for none. */
        private int kept;
        /** Messages in a row that were not here, and how many are needed before more is asked for. */
        private int row;
        private int needed = FEWEST_MESSAGES;
        private int more;

        /** Takes a message, if it is here. */
        Optional<Message> take(ByteString mailbox, int uid) {
            Portion portion = portions.getIfPresent(this);
            if (portion == null || !portion.mailboxId().equals(mailbox)) {
                return Optional.empty();
            }
            Optional<Message> message = Optional.ofNullable(portion.messages().remove(uid));
            if (message.isPresent()) {
                last = uid;
            }
            if (portion.messages().isEmpty()) {
                needed = FEWEST_MESSAGES;
                portions.invalidate(this);
            }
            return message;
        }

        /** A message that may be here is read by itself; what comes after it stays. */
        void pass(int uid) {
            Optional.ofNullable(portions.getIfPresent(this)).ifPresent(portion -> portion.messages().remove(uid));
            last = uid;
        }

        /**
         * What to ask for beside a message that is not here: nothing before the third in a row, and then more and more. What is here and
         * was not asked for goes.
         */
        RoaringBitmap beside(MailboxView view, int uid) {
            portions.invalidate(this);
            boolean next = view.mailboxId().equals(mailboxId) && view.following(last, 1).contains(uid);
            if (!next) {
                row = 0;
                more = 0;
                needed = FEWEST_MESSAGES;
            } else if (Integer.compareUnsigned(uid, kept) <= 0) {
                // It was here once: this client is slow.
                inVain();
            } else {
                row++;
            }
            kept = 0;
            mailboxId = view.mailboxId();
            last = uid;
            if (row < needed || room.availablePermits() == 0) {
                return new RoaringBitmap();
            }
            more = Math.clamp(2L * more, FEWEST_MESSAGES, MOST_MESSAGES);
            return view.following(uid, more);
        }

        /** Keeps what came beside a message; what does not fit is left where it is. */
        void keep(MessagesReader reader) {
            if (!room.tryAcquire()) {
                inVain();
                return;
            }
            Map<Integer, Message> messages = new HashMap<>();
            try {
                read(reader, messages);
            } catch (MailboxServiceException e) {
                LOG.debugf("the rest is not read ahead: %s", e.getMessage());
            } finally {
                if (messages.isEmpty()) {
                    room.release();
                    inVain();
                } else {
                    portions.put(this, new Portion(mailboxId, messages));
                }
            }
        }

        /** More was asked for, and was of no use: next time a row must be twice as long before. */
        void inVain() {
            row = 0;
            more = 0;
            needed = Math.min(2 * needed, LONGEST_ROW);
        }

        /** The session is over: its room is for others. */
        void close() {
            portions.invalidate(this);
        }

        private void read(MessagesReader reader, Map<Integer, Message> messages) {
            long left = MOST_OCTETS;
            for (Optional<SummaryRow> row = reader.next(); row.isPresent() && row.get().getSize() <= left; row = reader.next()) {
                List<ByteString> octets = new ArrayList<>();
                reader.octets().forEachRemaining(octets::add);
                Message message = new Message(row.get(), octets);
                left -= message.weight();
                // One that is not whole is read by itself, which tells what is wrong.
                if (left < 0 || message.size() != row.get().getSize()) {
                    return;
                }
                kept = row.get().getUid();
                messages.put(kept, message);
            }
        }
    }
}
