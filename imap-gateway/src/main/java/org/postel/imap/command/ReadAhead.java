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
    private static final int MOST_MESSAGES = 16;
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
        /** The last message that was here. */
        private int kept;
        private int length;

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
                portions.invalidate(this);
            }
            return message;
        }

        /**
         * What to ask for beside a message that is not here: nothing before the third in a row, and then more and more. What is here and
         * was not asked for goes.
         */
        RoaringBitmap beside(MailboxView view, int uid) {
            portions.invalidate(this);
            boolean next = view.mailboxId().equals(mailboxId) && view.following(last, 1).contains(uid);
            // It was here once: whoever is so slow is not read ahead of.
            boolean lost = Integer.compareUnsigned(uid, kept) <= 0;
            length = next && !lost ? Math.min(Math.max(1, 2 * length), MOST_MESSAGES) : 0;
            if (!next) {
                kept = 0;
            }
            mailboxId = view.mailboxId();
            last = uid;
            return length < 2 || room.availablePermits() == 0 ? new RoaringBitmap() : view.following(uid, length);
        }

        /** Keeps what came beside a message; what does not fit is left where it is. */
        void keep(MessagesReader reader) {
            if (!room.tryAcquire()) {
                stop();
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
                } else {
                    portions.put(this, new Portion(mailboxId, messages));
                }
                length = Math.min(length, messages.size());
            }
        }

        /** The next message is the first in a row again. */
        void stop() {
            length = 0;
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
