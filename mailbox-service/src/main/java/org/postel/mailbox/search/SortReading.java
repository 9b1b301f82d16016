package org.postel.mailbox.search;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import org.postel.mail.mime.BaseSubject;
import org.postel.mail.mime.Collation;
import org.postel.mail.mime.DateField;
import org.postel.mail.mime.EncodedWords;
import org.postel.mail.mime.Octets;
import org.postel.mailbox.api.v1.Address;
import org.postel.mailbox.api.v1.Envelope;
import org.postel.mailbox.api.v1.MessageRow;
import org.postel.mailbox.api.v1.MessageSummary;
import org.postel.mailbox.api.v1.SortCriterion;
import org.postel.mailbox.store.MailboxView;
import org.postel.mailbox.store.SummaryParts;
import org.roaringbitmap.RoaringBitmap;

/** Reads what messages are sorted by: from the state where it knows, else from the envelopes. */
final class SortReading {

    /** Octets of a text by which it is told from others. */
    private static final int LONGEST_KEY = 512;

    private final SearchSources sources;
    private final MailboxView mailbox;
    private final List<SortCriterion> criteria;
    private final Progress progress;
    private final boolean texts;

    SortReading(SearchSources sources, MailboxView mailbox, List<SortCriterion> criteria, Progress progress) {
        this.sources = sources;
        this.mailbox = mailbox;
        this.criteria = criteria;
        this.progress = progress;
        this.texts = criteria.stream().anyMatch(SortedMessage::isText);
    }

    /** In UID order. */
    List<SortedMessage> messages(RoaringBitmap uids) {
        List<SortedMessage> messages = new ArrayList<>(uids.getCardinality());
        if (criteria.stream().map(SortCriterion::getKey).allMatch(key -> key == SortCriterion.Key.ARRIVAL || key == SortCriterion.Key.SIZE)) {
            mailbox.where(uids, (state, uid) -> messages.add(new SortedMessage(uid, criteria.stream()
                    .mapToLong(by -> by.getKey() == SortCriterion.Key.SIZE ? state.size(uid) : state.internalDate(uid)).toArray(), null)));
            return messages;
        }
        sources.summaries().scan(mailbox.id(), uids, SummaryParts.ENVELOPE, (message, summary) -> {
            progress.step();
            messages.add(sorted(message, summary));
            progress.lookedAt(1);
        });
        return messages;
    }

    private SortedMessage sorted(MessageRow message, MessageSummary summary) {
        long[] numbers = new long[criteria.size()];
        byte[][] keys = texts ? new byte[criteria.size()][] : null;
        for (int i = 0; i < numbers.length; i++) {
            SortCriterion criterion = criteria.get(i);
            if (SortedMessage.isText(criterion)) {
                keys[i] = Collation.key(text(criterion.getKey(), summary.getEnvelope()), LONGEST_KEY);
            } else {
                numbers[i] = number(criterion.getKey(), message, summary.getEnvelope());
            }
        }
        return new SortedMessage(message.getUid(), numbers, keys);
    }

    private static long number(SortCriterion.Key key, MessageRow message, Envelope envelope) {
        return switch (key) {
            case SIZE -> message.getSize();
            case DATE -> sent(message, envelope);
            default -> message.getInternalDate();
        };
    }

    /** The sent date: RFC 5256 §2.2. */
    static long sent(MessageRow message, Envelope envelope) {
        return envelope.hasDate() ? DateField.moment(octets(envelope.getDate())).orElse(message.getInternalDate()) : message.getInternalDate();
    }

    private static String text(SortCriterion.Key key, Envelope envelope) {
        return switch (key) {
            case SUBJECT -> BaseSubject.of(octets(envelope.getSubject())).text();
            case FROM -> mailbox(envelope.getFromList());
            case TO -> mailbox(envelope.getToList());
            case CC -> mailbox(envelope.getCcList());
            case DISPLAYFROM -> display(envelope.getFromList());
            case DISPLAYTO -> display(envelope.getToList());
            case ARRIVAL, DATE, SIZE, UNRECOGNIZED -> throw new IllegalArgumentException("no text: " + key);
        };
    }

    /** The addr-mailbox of the first address: RFC 5256 §3. */
    private static String mailbox(List<Address> addresses) {
        return addresses.isEmpty() ? "" : decoded(addresses.getFirst().getMailbox());
    }

    /** The name that a client shows of the first address, else the address: RFC 5957 §2. */
    private static String display(List<Address> addresses) {
        if (addresses.isEmpty()) {
            return "";
        }
        Address first = addresses.getFirst();
        String name = first.hasName() ? decoded(first.getName()) : "";
        String address = decoded(first.getMailbox()) + (first.hasHost() ? "@" + decoded(first.getHost()) : "");
        return name.isEmpty() ? address : name;
    }

    private static String decoded(ByteString octets) {
        return EncodedWords.decode(octets(octets));
    }

    static Octets octets(ByteString octets) {
        return Octets.of(octets.toByteArray());
    }
}
