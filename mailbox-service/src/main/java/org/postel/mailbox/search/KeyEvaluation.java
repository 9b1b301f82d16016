package org.postel.mailbox.search;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.postel.mail.mime.DateField;
import org.postel.mail.mime.Octets;
import org.postel.mail.mime.TextSearch;
import org.postel.mailbox.api.v1.DayMatch;
import org.postel.mailbox.api.v1.HeaderMatch;
import org.postel.mailbox.api.v1.MessageRow;
import org.postel.mailbox.api.v1.MessageSummary;
import org.postel.mailbox.api.v1.SearchKey;
import org.postel.mailbox.storage.StoreException;
import org.postel.mailbox.storage.StoreException.Problem;
import org.postel.mailbox.store.MailboxReader;
import org.postel.mailbox.store.MailboxView;
import org.postel.mailbox.store.SummaryReader;
import org.postel.mailbox.store.Uuids;
import org.roaringbitmap.RoaringBitmap;

/** Which of some messages match a key; for one search. */
final class KeyEvaluation {

    private static final long MINUTE_MILLIS = 60_000;
    private static final long DAY_MILLIS = 86_400_000;

    private final MailboxView mailbox;
    private final MailboxReader reader;
    private final SummaryReader summaries;
    private final Progress progress;
    private final Map<String, TextSearch> texts = new HashMap<>();

    KeyEvaluation(MailboxView mailbox, MailboxReader reader, SummaryReader summaries, Progress progress) {
        this.mailbox = mailbox;
        this.reader = reader;
        this.summaries = summaries;
        this.progress = progress;
    }

    /** Those of the candidates that match; the candidates stay as they are. */
    RoaringBitmap matching(SearchKey key, RoaringBitmap candidates) {
        if (candidates.isEmpty()) {
            return new RoaringBitmap();
        }
        return switch (key.getKeyCase()) {
            case ALL -> candidates.clone();
            case AND -> all(key.getAnd().getKeyList(), candidates);
            case OR -> any(key.getOr().getKeyList(), candidates);
            case NOT -> RoaringBitmap.andNot(candidates, matching(key.getNot(), candidates));
            case UIDS -> RoaringBitmap.and(candidates, Uuids.uids(key.getUids()));
            case FLAG -> mailbox.flagged(key.getFlag(), candidates);
            case LARGER -> mailbox.where(candidates, (state, uid) -> state.size(uid) > key.getLarger());
            case SMALLER -> mailbox.where(candidates, (state, uid) -> state.size(uid) < key.getSmaller());
            case MODSEQ -> mailbox.where(candidates, (state, uid) -> state.modseq(uid) >= key.getModseq().getAtLeast());
            case INTERNAL_DAY -> rows(candidates, message -> matches(key.getInternalDay(), day(message)));
            case SENT_DAY -> envelopes(candidates, summary -> sent(key.getSentDay(), summary));
            case HEADER -> header(key.getHeader(), candidates);
            case BODY -> messages(candidates, message -> message.hasInBody(text(key.getBody())));
            case TEXT -> messages(candidates, message -> message.hasInText(text(key.getText())));
            case KEY_NOT_SET -> throw new StoreException(Problem.INVALID, "an unknown search key");
        };
    }

    private RoaringBitmap all(List<SearchKey> keys, RoaringBitmap candidates) {
        RoaringBitmap left = candidates.clone();
        for (SearchKey key : keys.stream().sorted(Cost.CHEAPEST_FIRST).toList()) {
            left = matching(key, left);
        }
        return left;
    }

    private RoaringBitmap any(List<SearchKey> keys, RoaringBitmap candidates) {
        RoaringBitmap found = new RoaringBitmap();
        for (SearchKey key : keys.stream().sorted(Cost.CHEAPEST_FIRST).toList()) {
            found.or(matching(key, RoaringBitmap.andNot(candidates, found)));
        }
        return found;
    }

    private RoaringBitmap header(HeaderMatch key, RoaringBitmap candidates) {
        TextSearch wanted = text(key.getContains());
        return HeaderKey.inEnvelope(key.getField()) && !key.getContains().isEmpty()
                ? envelopes(candidates, summary -> HeaderKey.matches(summary.getEnvelope(), key.getField(), wanted))
                : messages(candidates, message -> message.hasInHeader(key.getField(), wanted));
    }

    private TextSearch text(String wanted) {
        return texts.computeIfAbsent(wanted, TextSearch::new);
    }

    private RoaringBitmap rows(RoaringBitmap candidates, Predicate<MessageRow> wanted) {
        return read(candidates, false, false, (message, summary) -> wanted.test(message));
    }

    private RoaringBitmap envelopes(RoaringBitmap candidates, Predicate<MessageSummary> wanted) {
        return read(candidates, true, false, (message, summary) -> wanted.test(summary));
    }

    /** Asks the octets of each message. */
    private RoaringBitmap messages(RoaringBitmap candidates, MessageContent.Question question) {
        return read(candidates, false, false, (message, summary) -> new MessageContent(message, reader).answers(question));
    }

    private RoaringBitmap read(RoaringBitmap candidates, boolean envelope, boolean body, MessageTest test) {
        RoaringBitmap found = new RoaringBitmap();
        summaries.inPortions(mailbox.id(), candidates, envelope, body, (message, summary) -> {
            progress.step();
            if (test.test(message, summary)) {
                found.add(message.getUid());
            }
        });
        return found;
    }

    private interface MessageTest {

        boolean test(MessageRow message, MessageSummary summary);
    }

    /** The day of INTERNALDATE in the zone it was given in: compared without regard to time and zone. */
    private static long day(MessageRow message) {
        return Math.floorDiv(message.getInternalDate() + message.getInternalDateZone() * MINUTE_MILLIS, DAY_MILLIS);
    }

    private static boolean sent(DayMatch key, MessageSummary summary) {
        return DateField.day(Octets.of(summary.getEnvelope().getDate().toByteArray())).filter(day -> matches(key, day.toEpochDay())).isPresent();
    }

    private static boolean matches(DayMatch key, long day) {
        return switch (key.getRelation()) {
            case BEFORE -> day < key.getEpochDay();
            case ON -> day == key.getEpochDay();
            case SINCE -> day >= key.getEpochDay();
            case UNRECOGNIZED -> throw new StoreException(Problem.INVALID, "an unknown relation of days");
        };
    }
}
