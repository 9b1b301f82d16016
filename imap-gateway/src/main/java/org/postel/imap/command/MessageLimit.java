package org.postel.imap.command;

import java.io.IOException;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.postel.imap.syntax.Completion;
import org.roaringbitmap.RoaringBitmap;

/**
 * How many messages one command works on, where an operator set a limit: those with the highest UIDs, and the client is told from
 * which UID on, to go on below it (RFC 9738 §3). One for each command.
 */
final class MessageLimit {

    private final Conversation conversation;
    private final OptionalInt most;
    /** Unsigned; absent as long as nothing was left out. */
    private OptionalLong lowest = OptionalLong.empty();

    MessageLimit(Conversation conversation) {
        this.conversation = conversation;
        this.most = conversation.settings().extensions().messageLimit();
    }

    private boolean within(int messages) {
        return most.isEmpty() || messages <= most.getAsInt();
    }

    /** Of some messages those that the command works on. */
    RoaringBitmap cut(RoaringBitmap uids) {
        int count = uids.getCardinality();
        if (within(count)) {
            return uids;
        }
        RoaringBitmap some = uids.clone();
        long from = lowest(uids, count);
        some.remove(0L, from);
        lowest = OptionalLong.of(from);
        return some;
    }

    private long lowest(RoaringBitmap uids, int count) {
        return Integer.toUnsignedLong(uids.select(count - most.getAsInt()));
    }

    /** Whether something was left out. */
    boolean exceeded() {
        return lowest.isPresent();
    }

    /** For a command that is done for all of them or not at all: with the lowest UID that it could have been done for (RFC 9738 §3.1). */
    void checkAll(RoaringBitmap uids) throws Refused {
        int count = uids.getCardinality();
        if (!within(count)) {
            throw new Refused(Completion.no(code() + " " + lowest(uids, count), "Too many messages, and nothing was done"));
        }
    }

    /** For a command that no part can be asked of: RFC 9738 §3.3. */
    void check(long messages) throws Refused {
        if (most.isPresent() && messages > most.getAsInt()) {
            throw new Refused(Completion.no(code(), "Too many messages"));
        }
    }

    private String code() {
        return "MESSAGELIMIT " + most.getAsInt();
    }

    /** The reply with what the client must know; before it, where the reply has a code of its own (RFC 9738 §3.1). */
    Completion told(Completion reply) throws IOException {
        if (lowest.isEmpty()) {
            return reply;
        }
        String code = code() + " " + lowest.getAsLong();
        if (reply.status() == Completion.Status.OK && reply.code().isEmpty()) {
            return Completion.ok(code, reply.text() + " for some of the messages");
        }
        conversation.untagged(Completion.no(code, "Only some of the messages were looked at"));
        return reply;
    }
}
