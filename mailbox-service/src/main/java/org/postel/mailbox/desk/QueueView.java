package org.postel.mailbox.desk;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.postel.mail.QueueId;
import org.postel.mailbox.transit.RestingMail;
import org.postel.queue.v1.QueueEntry;
import org.postel.queue.v1.RestingRecord;

/** Queued mail as pages and JSON show it. */
public final class QueueView {

    private QueueView() {}

    /**
     * Mail for some recipients that wait for the same.
     *
     * @param state      accepted, relaying, deferred, held or dead
     * @param recipients empty while the message is accepted and not routed
     * @param sender     empty for the null reverse-path
     * @param size       octets
     * @param since      when it came to this state
     * @param next       the next attempt, when one is planned
     * @param reason     why it waits
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Entry(String id, String state, List<String> recipients, String sender, long size, int attempts, String since, String next, String reason) {

        static Entry of(QueueId message, QueueEntry entry) {
            return new Entry(message.toString(), entry.getState().name().toLowerCase(Locale.ROOT),
                    entry.getRecipient().isEmpty() ? List.of() : List.of(entry.getRecipient()), entry.getSender(), entry.getSize(), entry.getAttempts(),
                    time(entry.getSince()), entry.getDueAt() == 0 ? null : time(entry.getDueAt()), entry.getDetail());
        }

        Entry to(List<String> others) {
            return new Entry(id, state, others, sender, size, attempts, since, next, reason);
        }

        static Entry of(RestingMail.Record resting, String state) {
            RestingRecord record = resting.record();
            return new Entry(resting.message().toString(), state, record.getRecipientList(), record.getSender(), record.getSize(), 0,
                    time(record.getSince()), null, record.getReason());
        }
    }

    /**
     * A part of a list.
     *
     * @param next what to give as {@code after} for the next part; null at the end
     */
    public record Page(List<Entry> entries, String next) {}

    /** As RFC 3339 has it. */
    public static String time(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }
}
