package org.postel.bench.figure;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.postel.mail.QueueId;
import org.postel.queue.v1.QueueEntry;

/**
 * One of many messages that wait for the next attempt, made of its number: so a million of them need no memory. Of all two fifths came within the last whole
 * hour, as when a large destination has just stopped answering, and the others within three days before it.
 *
 * @param number from zero, oldest first
 * @param millis when it was accepted
 */
record WaitingMail(int number, long millis) {

    /** The destination of three of five. */
    static final String LARGE = "large.example.org";
    /** That of one of 5,000. */
    static final String SMALL = "small.example.org";
    /** Nobody's. */
    static final String NONE = "none.example.org";
    /** Has ten messages at most. */
    static final String RARE_SENDER = "rare@bench.example.test";
    /** Has none. */
    static final String NO_SENDER = "nobody@bench.example.test";

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration BEFORE = Duration.ofDays(3);
    private static final double WITHIN_THE_HOUR = 0.4;
    private static final int SENDERS = 2_000;
    private static final int RARE = 10;
    private static final int OTHER_DESTINATIONS = 1_000;
    private static final int ONE_OF_A_SMALL = 5_000;
    private static final int OCTETS = 12_345;
    // RFC 9562 §5.7: 48 bits of milliseconds, the version, and what tells those of one millisecond apart: here the number, so that the order is that of numbers.
    private static final int TIME_SHIFT = 16;
    private static final long VERSION_7 = 0x7000;
    private static final long VARIANT = 0x8000_0000_0000_0000L;
    private static final long RETRY = Duration.ofMinutes(30).toMillis();

    /**
     * Of so many.
     *
     * @param end of the hour in which the last came
     */
    static WaitingMail of(int number, int all, Instant end) {
        int early = (int) (all * (1 - WITHIN_THE_HOUR));
        long begin = end.minus(HOUR).toEpochMilli();
        long millis = number < early ? begin - BEFORE.toMillis() + BEFORE.toMillis() * number / Math.max(1, early)
                : begin + HOUR.toMillis() * (number - early) / Math.max(1, all - early);
        return new WaitingMail(number, millis);
    }

    UUID id() {
        return new UUID(millis << TIME_SHIFT | VERSION_7, VARIANT | number);
    }

    /** As people write it. */
    String queueId() {
        return new QueueId(id()).toString();
    }

    String sender() {
        return number % SENDERS == 0 && number / SENDERS < RARE ? RARE_SENDER : sender(number);
    }

    /** One of 2,000 who have as many messages each. */
    static String sender(int number) {
        return "sender" + number % SENDERS + "@bench.example.test";
    }

    String destination() {
        if (number % ONE_OF_A_SMALL == 0) {
            return SMALL;
        }
        return number % 5 < 3 ? LARGE : "d" + number % OTHER_DESTINATIONS + ".example.org";
    }

    String recipient() {
        return "somebody" + number + "@" + destination();
    }

    int hour() {
        return Math.toIntExact(millis / HOUR.toMillis());
    }

    /** Where mailbox-service looks for it: all of an hour, those of a sender, those for a destination. */
    List<String> scopes() {
        return List.of("all", "from:" + sender(), "to:" + destination());
    }

    /** As it stands in the index after a first attempt. */
    QueueEntry entry() {
        return QueueEntry.newBuilder().setRecipient(recipient()).setState(QueueEntry.State.DEFERRED).setSender(sender()).setSize(OCTETS).setAttempts(1)
                .setSince(millis).setDueAt(millis + RETRY).setDetail("421 4.3.2 Service not available, closing transmission channel").build();
    }
}
