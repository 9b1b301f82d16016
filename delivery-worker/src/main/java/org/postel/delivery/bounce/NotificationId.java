package org.postel.delivery.bounce;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.UUID;
import org.postel.mail.QueueId;
import org.postel.mail.dsn.Action;
import org.postel.queue.v1.QueuedMessage;
import org.postel.queue.v1.Recipient;

/** The queue id of a notification, made of what it is about: the store knows it again when it is written a second time. */
public final class NotificationId {

    private NotificationId() {
    }

    /** A UUID of version 7 with the time of the message and a digest in place of the random bits. */
    static QueueId of(QueuedMessage message, Action action, List<Recipient> recipients) {
        return of(message, action.word(), recipients.stream().map(Recipient::getAddress).toList());
    }

    /**
     * As above.
     *
     * @param kind of the notification
     * @param about the addresses that it is about, in any order
     */
    public static QueueId of(QueuedMessage message, String kind, List<String> about) {
        MessageDigest digest = sha256();
        digest.update(message.getQueueId().toByteArray());
        digest.update((kind + "\n").getBytes(StandardCharsets.UTF_8));
        about.stream().sorted()
                .forEach(address -> digest.update((address + "\n").getBytes(StandardCharsets.UTF_8)));
        ByteBuffer bits = ByteBuffer.wrap(digest.digest());
        long high = (message.getAcceptedAt() << 16) | 0x7000L | (bits.getShort() & 0x0fffL);
        long low = (bits.getLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
        return new QueueId(new UUID(high, low));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
