package org.postel.mailbox.search;

import java.util.UUID;
import java.util.function.Consumer;
import org.postel.mailbox.api.UidSet;
import org.postel.mailbox.api.v1.SearchChunk;
import org.postel.mailbox.api.v1.SearchKey;
import org.postel.mailbox.api.v1.SearchRequest;
import org.postel.mailbox.storage.StoreException;
import org.postel.mailbox.storage.StoreException.Problem;
import org.postel.mailbox.store.MailboxView;
import org.postel.mailbox.store.Uuids;
import org.roaringbitmap.RoaringBitmap;

/** Searches mailboxes. */
public final class MailboxSearch {

    private static final int PORTION = 500;
    private static final int DEEPEST = 100;
    private static final int MOST_KEYS = 5_000;

    private final SearchSources sources;
    private final SearchTimes times;

    public MailboxSearch(SearchSources sources, SearchTimes times) {
        this.sources = sources;
        this.times = times;
    }

    /** The UIDs that match, ascending, as they are found; none now and then, while the search goes on. */
    public void search(UUID account, SearchRequest request, Consumer<SearchChunk> to) {
        check(request.getKey());
        MailboxView mailbox = sources.reader().view(account, request.getMailboxId());
        RoaringBitmap candidates = mailbox.present(Uuids.uids(request.getWithinUids()));
        Progress progress = new Progress((found, lookedAt, lookedFor) -> to.accept(SearchChunk.newBuilder()
                .setUids(UidSet.toBytes(found)).setLookedAt(lookedAt).setLookedFor(lookedFor).build()), times, candidates.getCardinality(), System::nanoTime);
        KeyEvaluation evaluation = new KeyEvaluation(mailbox, sources, progress);
        if (Cost.of(request.getKey()) == Cost.STATE) {
            progress.tell(evaluation.matching(request.getKey(), candidates));
            return;
        }
        // From here on a client does not ask another pod.
        progress.tell(new RoaringBitmap());
        for (RoaringBitmap portion = candidates.limit(PORTION); !portion.isEmpty(); portion = candidates.limit(PORTION)) {
            candidates.andNot(portion);
            RoaringBitmap found = evaluation.matching(request.getKey(), portion);
            progress.lookedAt(portion.getCardinality());
            if (!found.isEmpty()) {
                progress.tell(found);
            }
        }
    }

    /** Keys nest and add up only so far: the evaluation follows the nesting on its stack. */
    private static void check(SearchKey key) {
        if (count(key, 1) > MOST_KEYS) {
            throw new StoreException(Problem.LIMIT, "too many search keys");
        }
    }

    private static int count(SearchKey key, int depth) {
        if (depth > DEEPEST) {
            throw new StoreException(Problem.LIMIT, "search keys nested too deep");
        }
        return 1 + switch (key.getKeyCase()) {
            case AND -> key.getAnd().getKeyList().stream().mapToInt(each -> count(each, depth + 1)).sum();
            case OR -> key.getOr().getKeyList().stream().mapToInt(each -> count(each, depth + 1)).sum();
            case NOT -> count(key.getNot(), depth + 1);
            case UIDS, FLAG, HEADER, BODY, TEXT, INTERNAL_DAY, SAVED_DAY, SENT_DAY, LARGER, SMALLER, MODSEQ, ARRIVED, ALL, EMAIL_ID, KEY_NOT_SET -> 0;
        };
    }
}
