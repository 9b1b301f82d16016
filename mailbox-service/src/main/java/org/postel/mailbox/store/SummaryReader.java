package org.postel.mailbox.store;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.postel.mail.mime.MimeLimits;
import org.postel.mailbox.api.v1.MessageRow;
import org.postel.mailbox.api.v1.MessageSummary;
import org.postel.mailbox.api.v1.SummariesChunk;
import org.postel.mailbox.api.v1.SummariesRequest;
import org.postel.mailbox.api.v1.SummaryRow;
import org.postel.mailbox.content.MessageScan;
import org.postel.mailbox.content.MessageSummaries;
import org.roaringbitmap.RoaringBitmap;

/** Reads what list views show; what was too large to be stored beside a message is computed from its content. */
public final class SummaryReader {

    private static final int PORTION = 100;
    private static final int SCANNED = 400;
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
        store.known(account, mailbox);
        Previews previews = new Previews(request.getPreview(), request.getPreviewMade(), this::preview);
        SummaryParts parts = previews.with(request.getEnvelope(), request.getBody(), request.getFieldCount() > 0);
        WantedFields fields = new WantedFields(request.getFieldList(), reader);
        inPortions(mailbox, Uuids.uids(request.getUids()), parts, some -> {
            SummariesChunk.Builder chunk = SummariesChunk.newBuilder();
            int size = 0;
            for (int at = 0; at < some.size(); at++) {
                if (at % WantedFields.TOGETHER == 0) {
                    fields.prepare(some.subList(at, Math.min(some.size(), at + WantedFields.TOGETHER)));
                }
                SummaryRow row = previews.shown(some.get(at), row(some.get(at), parts, fields));
                chunk.addRows(row);
                size += row.getSerializedSize();
                if (size > CHUNK) {
                    to.accept(chunk.build());
                    chunk.clear();
                    size = 0;
                }
            }
            to.accept(chunk.build());
        });
    }

    /**
     * The rows of some messages with their summaries, ascending; of a mailbox that the caller may read. There may be more of a
     * summary than was wanted.
     */
    public void inPortions(UUID mailbox, RoaringBitmap uids, SummaryParts parts, BiConsumer<MessageRow, MessageSummary> to) {
        inPortions(mailbox, uids, parts, some -> some.forEach(entry -> to.accept(entry.row(), entry.summary().orElseThrow())));
    }

    /** As {@link #inPortions}, in larger ones, for many messages of which little is kept. */
    public void scan(UUID mailbox, RoaringBitmap uids, SummaryParts parts, BiConsumer<MessageRow, MessageSummary> to) {
        inPortions(mailbox, uids, parts, SCANNED, some -> some.forEach(entry -> to.accept(entry.row(), entry.summary().orElseThrow())));
    }

    void inPortions(UUID mailbox, RoaringBitmap uids, SummaryParts parts, Consumer<List<MessageCache.Entry>> to) {
        inPortions(mailbox, uids, parts, PORTION, to);
    }

    private void inPortions(UUID mailbox, RoaringBitmap uids, SummaryParts parts, int most, Consumer<List<MessageCache.Entry>> to) {
        List<Integer> portion = new ArrayList<>();
        for (int uid : uids) {
            portion.add(uid);
            if (portion.size() == most) {
                to.accept(portion(mailbox, portion, parts));
                portion = new ArrayList<>();
            }
        }
        if (!portion.isEmpty()) {
            to.accept(portion(mailbox, portion, parts));
        }
    }

    private List<MessageCache.Entry> portion(UUID mailbox, List<Integer> uids, SummaryParts parts) {
        Map<Long, MessageCache.Entry> found = new TreeMap<>();
        List<Long> missing = new ArrayList<>();
        for (int uid : uids) {
            long position = Integer.toUnsignedLong(uid);
            store.messages().find(mailbox, uid).filter(entry -> !parts.any() || entry.summary().isPresent())
                    .ifPresentOrElse(entry -> found.put(position, entry), () -> missing.add(position));
        }
        if (!missing.isEmpty()) {
            read(mailbox, missing, parts.any(), entry -> {
                store.messages().add(mailbox, entry);
                found.put(Integer.toUnsignedLong(entry.row().getUid()), entry);
            });
        }
        return found.values().stream().map(entry -> whole(entry, parts)).toList();
    }

    private void read(UUID mailbox, List<Long> uids, boolean summary, Consumer<MessageCache.Entry> each) {
        if (summary) {
            store.log().summarized(mailbox, uids, (row, stored) -> each.accept(new MessageCache.Entry(row, Optional.of(parsed(stored)))));
        } else {
            store.log().messages(mailbox, uids, row -> each.accept(new MessageCache.Entry(row, Optional.empty())));
        }
    }

    private static MessageSummary parsed(ByteString stored) {
        try {
            return MessageSummaries.withEnvelope(MessageSummary.parseFrom(stored));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a summary that cannot be read", e);
        }
    }

    private MessageCache.Entry whole(MessageCache.Entry entry, SummaryParts parts) {
        MessageSummary summary = entry.summary().orElseGet(MessageSummary::getDefaultInstance);
        boolean lacking = parts.envelope() && !summary.hasEnvelope() || parts.body() && !summary.hasBody();
        return new MessageCache.Entry(entry.row(), Optional.of(lacking ? compute(entry.row()) : summary));
    }

    private static MessageSummary only(MessageSummary summary, SummaryParts parts) {
        MessageSummary.Builder some = summary.toBuilder().clearFields().clearPreview();
        if (!parts.envelope()) {
            some.clearEnvelope();
        }
        if (!parts.body()) {
            some.clearBody();
        }
        return some.build();
    }

    /** Takes the message apart again. */
    private MessageSummary compute(MessageRow message) {
        return MessageSummaries.of(scanned(message, new MessageScan()), message.getPrefix().size());
    }

    /** The preview of a message that has none stored: its text may begin as late as any header ends that is looked at. */
    String preview(MessageRow message) {
        return scanned(message, new MessageScan(2 * MimeLimits.DEFAULT.headerOctets())).preview().orElse("");
    }

    private MessageScan.Scanned scanned(MessageRow message, MessageScan scan) {
        reader.octets(message, message.getPrefix().size(), Long.MAX_VALUE, scan::update);
        return scan.finish();
    }

    private static SummaryRow row(MessageCache.Entry entry, SummaryParts parts, WantedFields fields) {
        SummaryRow row = row(entry, parts);
        return fields.of(entry).map(wanted -> row.toBuilder().setFields(wanted).build()).orElse(row);
    }

    static SummaryRow row(MessageCache.Entry entry, SummaryParts parts) {
        MessageRow message = entry.row();
        return SummaryRow.newBuilder()
                .setUid(message.getUid())
                .setSize(message.getSize())
                .setInternalDate(message.getInternalDate())
                .setInternalDateZone(message.getInternalDateZone())
                .setSummary(only(entry.summary().orElseThrow(), parts))
                .setMessageId(message.getMessageId())
                .setSavedAt(message.getSavedAt())
                .build();
    }
}
