package org.postel.mailbox.search;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.postel.mail.mime.BaseSubject;
import org.postel.mail.mime.Collation;
import org.postel.mail.mime.HeaderSection;
import org.postel.mail.mime.MessageIds;
import org.postel.mail.mime.RawField;
import org.postel.mailbox.api.v1.Envelope;
import org.postel.mailbox.api.v1.MessageRow;
import org.postel.mailbox.api.v1.MessageSummary;
import org.postel.mailbox.storage.StoreException;
import org.postel.mailbox.storage.StoreException.Problem;
import org.postel.mailbox.store.MailboxView;
import org.postel.mailbox.store.StoredHeader;
import org.postel.mailbox.store.SummaryParts;
import org.postel.mailbox.thread.Algorithm;
import org.postel.mailbox.thread.Threaded;
import org.roaringbitmap.RoaringBitmap;

/** Reads what threads are made of: from what is stored beside messages, and of old ones from their headers. */
final class ThreadReading {

    /** References of one message: the nearest count. */
    private static final int MOST_REFERENCES = 200;
    /** Octets that all ids take, about: a quarter of the heap of a pod. */
    private static final long MOST_IDS = 256L << 20;
    /** Octets of an id beside its characters: the object, and its places in lists and maps. */
    private static final int ID = 100;
    private static final int LONGEST_SUBJECT = 100;

    private final SearchSources sources;
    private final MailboxView mailbox;
    private final Progress progress;
    private long ids;

    ThreadReading(SearchSources sources, MailboxView mailbox, Progress progress) {
        this.sources = sources;
        this.mailbox = mailbox;
        this.progress = progress;
    }

    /** @param uids of the messages, which is filled in their order */
    List<Threaded> messages(RoaringBitmap uids, Algorithm algorithm, List<Integer> places) {
        List<Threaded> messages = new ArrayList<>(uids.getCardinality());
        Map<Integer, MessageRow> untold = new LinkedHashMap<>();
        boolean bySubject = algorithm == Algorithm.ORDEREDSUBJECT;
        sources.summaries().scan(mailbox.id(), uids, bySubject ? SummaryParts.ENVELOPE : SummaryParts.ENVELOPE_AND_FIELDS, (message, summary) -> {
            progress.step();
            Optional<StoredHeader> header = StoredHeader.of(message, summary).filter(stored -> stored.tells("References"));
            if (!bySubject && header.isEmpty()) {
                untold.put(messages.size(), message);
            }
            places.add(message.getUid());
            messages.add(threaded(message, summary.getEnvelope(), bySubject ? List.of()
                    : references(header.map(StoredHeader::section), summary.getEnvelope())));
            progress.lookedAt(1);
        });
        readHeaders(untold, messages);
        return messages;
    }

    private void readHeaders(Map<Integer, MessageRow> untold, List<Threaded> messages) {
        List<Integer> order = new ArrayList<>(untold.keySet());
        List<List<String>> found = new ArrayList<>(order.size());
        sources.contents().ask(List.copyOf(untold.values()), MessageContent::header,
                (message, header) -> found.add(references(Optional.of(header), Envelope.getDefaultInstance())), progress);
        for (int i = 0; i < order.size(); i++) {
            if (!found.get(i).isEmpty()) {
                messages.set(order.get(i), messages.get(order.get(i)).with(found.get(i)));
            }
        }
    }

    private Threaded threaded(MessageRow message, Envelope envelope, List<String> references) {
        BaseSubject subject = BaseSubject.of(SortReading.octets(envelope.getSubject()));
        List<String> own = MessageIds.of(SortReading.octets(envelope.getMessageId()));
        String id = own.isEmpty() ? "" : own.getFirst();
        count(id);
        return new Threaded(SortReading.sent(message, envelope), message.getInternalDate(), comparable(subject.text()), subject.isReply(), id, references);
    }

    /** References, else the first id of In-Reply-To: RFC 5256 §3, REFERENCES, step 1. */
    private List<String> references(Optional<HeaderSection> header, Envelope envelope) {
        List<String> all = header.flatMap(section -> section.first("References")).map(RawField::value).map(MessageIds::of).orElse(List.of());
        if (all.isEmpty()) {
            List<String> answered = MessageIds.of(SortReading.octets(envelope.getInReplyTo()));
            all = answered.isEmpty() ? answered : answered.subList(0, 1);
        }
        // A copy: a view would hold all that a long field names.
        List<String> nearest = List.copyOf(all.subList(Math.max(0, all.size() - MOST_REFERENCES), all.size()));
        nearest.forEach(this::count);
        return nearest;
    }

    private void count(String id) {
        ids += ID + id.length();
        if (ids > MOST_IDS) {
            throw new StoreException(Problem.LIMIT, "too many references");
        }
    }

    /** What texts that are the same have in common, and no others; never long. */
    private static String comparable(String subject) {
        String folded = Collation.folded(subject);
        if (folded.length() <= LONGEST_SUBJECT) {
            return folded;
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(folded.getBytes(StandardCharsets.UTF_8));
            return folded.substring(0, LONGEST_SUBJECT) + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
