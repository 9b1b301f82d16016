package org.postel.pop3.backend;

import com.google.protobuf.ByteString;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.postel.mailbox.api.MailboxServiceException;
import org.postel.mailbox.api.MailboxesClient;
import org.postel.mailbox.api.MessageStream;
import org.postel.mailbox.api.UidSet;
import org.postel.mailbox.api.v1.MessagePiece;
import org.postel.mailbox.api.v1.MessagesChunk;
import org.postel.mailbox.api.v1.MessagesRequest;
import org.postel.pop3.session.Maildrop;
import org.roaringbitmap.RoaringBitmap;

/**
 * Small messages that a client is about to ask for: nearly every client takes one after the other, and one call brings as many
 * as fit into {@link #MOST_OCTETS}. Begins with the second message in a row; used by the session's thread.
 */
final class ReadAhead implements AutoCloseable {

    /** In memory at most, for one session. */
    static final int MOST_OCTETS = 512 << 10;
    private static final int MOST_MESSAGES = 100;
    private static final byte[] NONE = {};
    private static final Logger LOG = Logger.getLogger(ReadAhead.class);

    private final MailboxesClient mailboxes;
    private final ByteString mailboxId;
    private final Maildrop maildrop;
    private final Map<Integer, byte[]> read = new HashMap<>();
    private final ReadAheadBudget budget;
    private boolean holdsPortion;
    private int last = Integer.MIN_VALUE;

    ReadAhead(MailboxesClient mailboxes, ByteString mailboxId, Maildrop maildrop, ReadAheadBudget budget) {
        this.mailboxes = mailboxes;
        this.mailboxId = mailboxId;
        this.maildrop = maildrop;
        this.budget = budget;
    }

    /** The whole message of a number, if it is here or came with those after it; else it is to be read by itself. */
    Optional<byte[]> take(int number) {
        boolean inOrder = number == last + 1;
        last = number;
        if (!read.containsKey(number)) {
            close();
            if (inOrder && budget.take()) {
                holdsPortion = true;
                fetch(number);
            }
        }
        Optional<byte[]> message = Optional.ofNullable(read.remove(number));
        if (read.isEmpty()) {
            close();
        }
        return message;
    }

    /** Forgets what nobody asked for; may be called again. */
    @Override
    public void close() {
        read.clear();
        if (holdsPortion) {
            holdsPortion = false;
            budget.giveBack();
        }
    }

    private void fetch(int first) {
        Map<Integer, Integer> numbers = new HashMap<>();
        long octets = 0;
        for (int number = first; maildrop.has(number) && numbers.size() < MOST_MESSAGES; number++) {
            octets += maildrop.size(number);
            if (octets > MOST_OCTETS) {
                break;
            }
            numbers.put(maildrop.uid(number), number);
        }
        if (numbers.size() < 2) {
            return;
        }
        RoaringBitmap uids = new RoaringBitmap();
        numbers.keySet().forEach(uids::add);
        try (MessageStream<MessagesChunk> chunks = mailboxes.messages(
                MessagesRequest.newBuilder().setMailboxId(mailboxId).setUids(UidSet.toBytes(uids)).build())) {
            collect(chunks, numbers);
        } catch (MailboxServiceException e) {
            LOG.debugf("nothing is read ahead: %s", e.getMessage());
        }
    }

    private void collect(MessageStream<MessagesChunk> chunks, Map<Integer, Integer> numbers) {
        int number = 0;
        byte[] octets = NONE;
        long length = 0;
        while (chunks.hasNext()) {
            for (MessagePiece piece : chunks.next().getPiecesList()) {
                if (piece.hasRow()) {
                    keep(number, octets, length);
                    number = numbers.getOrDefault(piece.getRow().getUid(), 0);
                    octets = maildrop.has(number) ? new byte[(int) maildrop.size(number)] : NONE;
                    length = 0;
                }
                ByteString data = piece.getData();
                if (length + data.size() <= octets.length) {
                    data.copyTo(octets, (int) length);
                }
                length += data.size();
            }
        }
        keep(number, octets, length);
    }

    /** Only what is whole: the rest is read by itself, which tells what is wrong. */
    private void keep(int number, byte[] octets, long length) {
        if (maildrop.has(number) && length == octets.length) {
            read.put(number, octets);
        }
    }
}
