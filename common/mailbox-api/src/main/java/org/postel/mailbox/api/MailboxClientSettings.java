package org.postel.mailbox.api;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * How to reach mailbox-service.
 *
 * @param addresses        {@code host:port} of pods; a host that resolves to several addresses stands for all of them
 * @param serviceTokenFile a file with the JWT that says which service calls; read again when it changes
 * @param deadline         the longest one ordinary call may take
 * @param longDeadline     the same for calls that work on many messages (COPY, EXPUNGE, RENAME, deletion, delivery)
 * @param stallTimeout     the longest a stream may stand still before it is given up
 * @param connectTimeout   the longest a TCP connection may take to come up
 * @param keepAlive        an idle connection is probed this often
 * @param keepAliveTimeout a probe not answered within this time ends the connection
 * @param resolveInterval  how often host names are looked up again
 * @param maxMessageBytes  the largest single message that is received
 * @param streamWindow     the most octets of one stream that are sent ahead of its reader
 */
public record MailboxClientSettings(
        List<String> addresses,
        Path serviceTokenFile,
        Duration deadline,
        Duration longDeadline,
        Duration stallTimeout,
        Duration connectTimeout,
        Duration keepAlive,
        Duration keepAliveTimeout,
        Duration resolveInterval,
        int maxMessageBytes,
        int streamWindow) {

    private static final int SMALLEST_WINDOW = 65_535;

    public MailboxClientSettings {
        addresses = List.copyOf(addresses);
        Objects.requireNonNull(serviceTokenFile, "serviceTokenFile");
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("no address of mailbox-service is given");
        }
        addresses.forEach(PodName::parse);
        positive(deadline, "deadline");
        positive(longDeadline, "longDeadline");
        positive(stallTimeout, "stallTimeout");
        positive(connectTimeout, "connectTimeout");
        positive(keepAlive, "keepAlive");
        positive(keepAliveTimeout, "keepAliveTimeout");
        positive(resolveInterval, "resolveInterval");
        if (maxMessageBytes < SMALLEST_WINDOW || streamWindow < SMALLEST_WINDOW) {
            throw new IllegalArgumentException("maxMessageBytes and streamWindow are at least " + SMALLEST_WINDOW);
        }
    }

    /** Sane values for everything but the two that differ everywhere. */
    public static MailboxClientSettings of(List<String> addresses, Path serviceTokenFile) {
        return new MailboxClientSettings(addresses, serviceTokenFile, Duration.ofSeconds(10), Duration.ofSeconds(60),
                Duration.ofSeconds(30), Duration.ofSeconds(2), Duration.ofSeconds(30), Duration.ofSeconds(10),
                Duration.ofSeconds(10), 8 << 20, 256 << 10);
    }

    private static void positive(Duration value, String name) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " must be above zero");
        }
    }
}
