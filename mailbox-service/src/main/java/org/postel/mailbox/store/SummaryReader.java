package org.postel.mailbox.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.postel.mail.mime.MimeLimits;
import org.postel.mail.mime.MimeScanner;
import org.postel.mailbox.api.v1.MessageRow;
import org.postel.mailbox.api.v1.MessageSummary;
import org.postel.mailbox.api.v1.SummariesChunk;
import org.postel.mailbox.api.v1.SummariesRequest;
import org.postel.mailbox.api.v1.SummaryRow;
import org.postel.mailbox.content.MessageSummaries;
import org.roaringbitmap.RoaringBitmap;

/** Reads what list views show; what was too large to be stored beside a message is computed from its content. */
public final class SummaryReader {

    private static final int PORTION = 100;
    /** Octets after which a chunk is sent: one more row, of a few MiB at worst, still fits into what a client takes at once. */
    private static final int CHUNK = 1 << 20;

    private final MailboxStore store;
    private final MailboxReader reader;

    public SummaryReader(MailboxStore store, MailboxReader reader) {
        this.store = store;
        this.reader = reader;
    }

    /** In UID order; what is not there is left out. */
    public void summaries(UUID account, SummariesRequest request, Consumer<SummariesChunk> to) {
        UUID mailbox = Uuids.of(request.getMailboxId());
        store.fresh(account, mailbox);
        inPortions(Uuids.uids(request.getUids()), portion -> {
            SummariesChunk.Builder chunk = SummariesChunk.newBuilder();
            portion(mailbox, portion, request.getEnvelope(), request.getBody(), (message, summary) -> {
                if (chunk.addRows(row(message, summary)).buildPartial().getSerializedSize() > CHUNK) {
                    to.accept(chunk.build());
                    chunk.clear();
                }
            });
            to.accept(chunk.build());
        });
    }

    /** The rows of some messages with their summaries, ascending; of a mailbox that the caller may read. */
    public void inPortions(UUID mailbox, RoaringBitmap uids, boolean envelope, boolean body, BiConsumer<MessageRow, MessageSummary> to) {
        inPortions(uids, portion -> portion(mailbox, portion, envelope, body, to));
    }

    private static void inPortions(RoaringBitmap uids, Consumer<List<Long>> to) {
        List<Long> portion = new ArrayList<>();
        for (int uid : uids) {
            portion.add(Integer.toUnsignedLong(uid));
            if (portion.size() == PORTION) {
                to.accept(portion);
                portion = new ArrayList<>();
            }
        }
        if (!portion.isEmpty()) {
            to.accept(portion);
        }
    }

    private void portion(UUID mailbox, List<Long> uids, boolean envelope, boolean body, BiConsumer<MessageRow, MessageSummary> to) {
        Map<Long, MessageRow> messages = new TreeMap<>();
        Map<Long, MessageSummary> stored = new TreeMap<>();
        store.log().some(mailbox, MailboxLog.MESSAGE, uids, MessageRow.parser(), messages::put);
        if (envelope || body) {
            store.log().some(mailbox, MailboxLog.SUMMARY, uids, MessageSummary.parser(), stored::put);
        }
        messages.forEach((uid, message) -> {
            MessageSummary summary = stored.getOrDefault(uid, MessageSummary.getDefaultInstance());
            boolean lacking = envelope && !summary.hasEnvelope() || body && !summary.hasBody();
            to.accept(message, only(lacking ? compute(message) : summary, envelope, body));
        });
    }

    private static MessageSummary only(MessageSummary summary, boolean envelope, boolean body) {
        MessageSummary.Builder some = summary.toBuilder();
        if (!envelope) {
            some.clearEnvelope();
        }
        if (!body) {
            some.clearBody();
        }
        return some.build();
    }

    /** Takes the message apart again. */
    private MessageSummary compute(MessageRow message) {
        MimeScanner scanner = new MimeScanner(MimeLimits.DEFAULT);
        int prefix = message.getPrefix().size();
        reader.octets(message, prefix, Long.MAX_VALUE, octets -> scanner.update(octets.toByteArray(), 0, octets.size()));
        return MessageSummaries.of(scanner.finish(), prefix);
    }

    private static SummaryRow row(MessageRow message, MessageSummary summary) {
        return SummaryRow.newBuilder()
                .setUid(message.getUid())
                .setSize(message.getSize())
                .setInternalDate(message.getInternalDate())
                .setInternalDateZone(message.getInternalDateZone())
                .setSummary(summary)
                .setMessageId(message.getMessageId())
                .setSavedAt(message.getSavedAt())
                .build();
    }
}
