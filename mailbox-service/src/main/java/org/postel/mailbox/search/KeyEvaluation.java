package org.postel.mailbox.search;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.postel.mail.mime.SearchableMessage;
import org.postel.mail.mime.TextSearch;
import org.postel.mailbox.api.v1.HeaderMatch;
import org.postel.mailbox.api.v1.MessageRow;
import org.postel.mailbox.api.v1.MessageSummary;
import org.postel.mailbox.api.v1.MomentMatch;
import org.postel.mailbox.api.v1.SearchKey;
import org.postel.mailbox.storage.StoreException;
import org.postel.mailbox.storage.StoreException.Problem;
import org.postel.mailbox.store.MailboxView;
import org.postel.mailbox.store.StoredHeader;
import org.postel.mailbox.store.SummaryParts;
import org.postel.mailbox.store.Uuids;
import org.roaringbitmap.RoaringBitmap;

/** Which of some messages match a key; for one search. */
final class KeyEvaluation {

    private final MailboxView mailbox;
    private final SearchSources sources;
    private final Progress progress;
    private final Map<String, TextSearch> texts = new HashMap<>();

    KeyEvaluation(MailboxView mailbox, SearchSources sources, Progress progress) {
        this.mailbox = mailbox;
        this.sources = sources;
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
            case EMAIL_ID -> read(candidates, SummaryParts.NONE, (message, summary) -> message.getMessageId().equals(key.getEmailId()));
            case ARRIVED -> mailbox.where(candidates, (state, uid) -> arrived(key.getArrived(), state.internalDate(uid)));
            case INTERNAL_DAY -> arrivedOn(new Day(key.getInternalDay()), candidates);
            case SAVED_DAY -> read(candidates, SummaryParts.NONE, (message, summary) -> new Day(key.getSavedDay()).isSavedDayOf(message));
            case SENT_DAY -> read(candidates, SummaryParts.ENVELOPE, (message, summary) -> new Day(key.getSentDay()).isSentDayOf(summary));
            case HEADER -> header(key.getHeader(), candidates);
            case BODY -> messages(mayHave(key.getBody(), candidates), message -> message.hasInBody(text(key.getBody())));
            case TEXT -> messages(mayHave(key.getText(), candidates), message -> message.hasInText(text(key.getText())));
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

    private static boolean arrived(MomentMatch key, long moment) {
        return key.getSince() ? moment >= key.getMoment() : moment <= key.getMoment();
    }

    /** The state knows the moment of each; the zone, which may shift the day, only the row. */
    private RoaringBitmap arrivedOn(Day day, RoaringBitmap candidates) {
        RoaringBitmap matching = mailbox.where(candidates, (state, uid) -> day.isDayOfAny(state.internalDate(uid)));
        RoaringBitmap possible = mailbox.where(candidates, (state, uid) -> day.mayBeDayOf(state.internalDate(uid)));
        possible.andNot(matching);
        matching.or(read(possible, SummaryParts.NONE, (message, summary) -> day.isInternalDayOf(message)));
        return matching;
    }

    private RoaringBitmap header(HeaderMatch key, RoaringBitmap candidates) {
        TextSearch wanted = text(key.getContains());
        if (HeaderKey.inEnvelope(key.getField()) && !key.getContains().isEmpty()) {
            return read(candidates, SummaryParts.ENVELOPE,
                    (message, summary) -> HeaderKey.matches(summary.getEnvelope(), key.getField(), wanted));
        }
        List<MessageRow> untold = new ArrayList<>();
        RoaringBitmap found = read(candidates, SummaryParts.FIELDS, (message, summary) -> {
            Optional<StoredHeader> header = StoredHeader.of(message, summary).filter(stored -> stored.tells(key.getField()));
            if (header.isEmpty()) {
                untold.add(message);
            }
            return header.isPresent() && SearchableMessage.hasField(header.get().section(), key.getField(), wanted);
        });
        found.or(sources.contents().answering(untold, message -> message.hasInHeader(key.getField(), wanted), progress));
        return found;
    }

    private TextSearch text(String wanted) {
        return texts.computeIfAbsent(wanted, TextSearch::new);
    }

    private RoaringBitmap mayHave(String text, RoaringBitmap candidates) {
        // The hands that look through messages share what is prepared here.
        text(text);
        return sources.index().mayHave(mailbox.id(), text, candidates);
    }

    /** Asks the octets of each message. */
    private RoaringBitmap messages(RoaringBitmap candidates, SearchQuestion question) {
        List<MessageRow> rows = new ArrayList<>();
        read(candidates, SummaryParts.NONE, (message, summary) -> rows.add(message));
        return sources.contents().answering(rows, message -> message.answers(question), progress);
    }

    private RoaringBitmap read(RoaringBitmap candidates, SummaryParts parts, MessageTest test) {
        RoaringBitmap found = new RoaringBitmap();
        sources.summaries().inPortions(mailbox.id(), candidates, parts, (message, summary) -> {
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
}
