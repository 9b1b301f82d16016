package org.postel.delivery;

import com.google.protobuf.ByteString;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.postel.delivery.bounce.Bouncer;
import org.postel.delivery.bounce.Notifications;
import org.postel.delivery.bounce.Notifier;
import org.postel.delivery.outcome.Aftermath;
import org.postel.delivery.outcome.Contents;
import org.postel.delivery.outcome.DeliveryMetrics;
import org.postel.delivery.outcome.DurableQueue;
import org.postel.delivery.outcome.MessageContent;
import org.postel.delivery.outcome.QueueInMemory;
import org.postel.delivery.outcome.RetrySchedule;
import org.postel.delivery.outcome.Traces;
import org.postel.mail.QueueId;
import org.postel.queue.v1.QueuedMessage;
import org.postel.queue.v1.Recipient;

/** A worker without its outside: queue in memory, clock that stands still. */
public final class Fixture {

    public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    public static final String MAIL = "Received: from x by y; Sun, 1 Mar 2026 12:00:00 +0000\r\nSubject: hello\r\n\r\nhello\r\n";

    public final QueueInMemory queue = new QueueInMemory();
    public final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    public final Traces traces = new Traces(queue, "worker-1");
    public final Contents contents = Fixture::inline;
    public final RetrySchedule schedule =
            new RetrySchedule(List.of(Duration.ofMinutes(5), Duration.ofHours(2)), Duration.ofDays(5), Duration.ofHours(4));
    public final Aftermath aftermath;

    public Fixture() {
        aftermath = aftermath(queue);
    }

    /** What follows from outcomes, where records go to that queue, and traces to the one in memory. */
    public Aftermath aftermath(DurableQueue records) {
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        Notifications notifications = new Notifications(queue, contents, "mx.example.test", clock);
        Bouncer bouncer = new Bouncer(queue, notifications, traces, clock);
        return new Aftermath(records, bouncer, new Notifier(notifications), schedule, traces, new DeliveryMetrics(metrics), clock);
    }

    /** From alice@example.test, accepted now. */
    public static QueuedMessage message(String... recipients) {
        return QueuedMessage.newBuilder()
                .setQueueId(ByteString.copyFrom(QueueId.next().toBytes()))
                .setReversePath("alice@example.test")
                .addAllRecipients(Arrays.stream(recipients).map(address -> Recipient.newBuilder().setAddress(address).build()).toList())
                .setInline(ByteString.copyFromUtf8(MAIL))
                .setAcceptedAt(NOW.toEpochMilli())
                .build();
    }

    /** {@link #message} to one recipient, with what its sender said of notifications. */
    public static QueuedMessage asking(String notify, String recipient) {
        QueuedMessage message = message(recipient);
        return message.toBuilder().setRecipients(0, message.getRecipients(0).toBuilder().setNotify(notify)).build();
    }

    private static MessageContent inline(QueuedMessage message) {
        byte[] octets = message.getInline().toByteArray();
        return new MessageContent() {
            @Override
            public long size() {
                return octets.length;
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(octets);
            }

            @Override
            public byte[] head(int limit) {
                return Arrays.copyOf(octets, Math.min(limit, octets.length));
            }
        };
    }
}
