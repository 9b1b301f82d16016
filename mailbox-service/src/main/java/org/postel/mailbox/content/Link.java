package org.postel.mailbox.content;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.UUID;

/**
 * That a mailbox wants a message's content.
 *
 * @param mailbox who wants it
 * @param tag     tells copies within one mailbox apart; empty for a delivery, so that a repeated one makes no second link
 * @param uidFrom the message will have this UID or a higher one
 */
public record Link(UUID mailbox, ByteString tag, long uidFrom) {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int TAG_BYTES = 8;
    private static final int ID_BYTES = 16;

    /** For something that may be in a mailbox several times. */
    public static Link unique(UUID mailbox, long uidFrom) {
        byte[] tag = new byte[TAG_BYTES];
        RANDOM.nextBytes(tag);
        return new Link(mailbox, ByteString.copyFrom(tag), uidFrom);
    }

    /** The one of a delivery. */
    public static Link delivery(UUID mailbox, long uidFrom) {
        return new Link(mailbox, ByteString.EMPTY, uidFrom);
    }

    static Link tagged(UUID mailbox, ByteBuffer tag, long uidFrom) {
        return new Link(mailbox, ByteString.copyFrom(tag.duplicate()), uidFrom);
    }

    ByteBuffer name() {
        return ByteBuffer.allocate(ID_BYTES + tag.size())
                .putLong(mailbox.getMostSignificantBits()).putLong(mailbox.getLeastSignificantBits())
                .put(tag.toByteArray()).flip();
    }

    static Link of(ByteBuffer name, long uidFrom) {
        ByteBuffer octets = name.duplicate();
        return new Link(new UUID(octets.getLong(), octets.getLong()), ByteString.copyFrom(octets), uidFrom);
    }
}
