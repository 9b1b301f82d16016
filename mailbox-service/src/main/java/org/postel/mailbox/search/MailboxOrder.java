package org.postel.mailbox.search;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.postel.mailbox.api.v1.SortChunk;
import org.postel.mailbox.api.v1.SortCriterion;
import org.postel.mailbox.api.v1.SortRequest;
import org.postel.mailbox.api.v1.ThreadChunk;
import org.postel.mailbox.api.v1.ThreadRequest;
import org.postel.mailbox.storage.StoreException;
import org.postel.mailbox.storage.StoreException.Problem;
import org.postel.mailbox.store.MailboxView;
import org.postel.mailbox.store.Uuids;
import org.postel.mailbox.thread.Algorithm;
import org.roaringbitmap.RoaringBitmap;

/** Orders messages by what is stored beside them: SORT and THREAD, RFC 5256 §3 and RFC 5957. */
public final class MailboxOrder {

    private static final int MOST_CRITERIA = 20;
    private static final int CHUNK = 10_000;

    private final SearchSources sources;
    private final SearchTimes times;
    private final SortRoom room;

    /** @param messages that are in memory at once, of all that are ordered by this pod */
    public MailboxOrder(SearchSources sources, SearchTimes times, int messages) {
        this.sources = sources;
        this.times = times;
        this.room = new SortRoom(messages);
    }

    public void sort(UUID account, SortRequest request, Consumer<SortChunk> to) {
        if (request.getByCount() > MOST_CRITERIA || request.getByList().stream().anyMatch(by -> by.getKey() == SortCriterion.Key.UNRECOGNIZED)) {
            throw new StoreException(Problem.INVALID, "unknown or too many criteria");
        }
        MailboxView mailbox = sources.reader().view(account, request.getMailboxId());
        RoaringBitmap uids = mailbox.present(Uuids.uids(request.getUids()));
        Progress progress = new Progress((found, lookedAt, lookedFor) ->
                to.accept(SortChunk.newBuilder().setLookedAt(lookedAt).setLookedFor(lookedFor).build()), times, uids.getCardinality(), System::nanoTime);
        room.within(account, uids.getCardinality(), progress, () -> {
            List<SortedMessage> messages = new SortReading(sources, mailbox, request.getByList(), progress).messages(uids);
            messages.sort(SortedMessage.order(request.getByList()));
            SortChunk.Builder chunk = SortChunk.newBuilder();
            for (SortedMessage message : messages) {
                chunk.addUid(message.uid());
                if (chunk.getUidCount() == CHUNK) {
                    to.accept(chunk.build());
                    chunk.clear();
                }
            }
            to.accept(chunk.build());
        });
    }

    public void thread(UUID account, ThreadRequest request, Consumer<ThreadChunk> to) {
        Algorithm algorithm = switch (request.getAlgorithm()) {
            case ORDEREDSUBJECT -> Algorithm.ORDEREDSUBJECT;
            case REFERENCES -> Algorithm.REFERENCES;
            case REFS -> Algorithm.REFS;
            case UNRECOGNIZED -> throw new StoreException(Problem.INVALID, "an unknown algorithm");
        };
        MailboxView mailbox = sources.reader().view(account, request.getMailboxId());
        RoaringBitmap uids = mailbox.present(Uuids.uids(request.getUids()));
        Progress progress = new Progress((found, lookedAt, lookedFor) ->
                to.accept(ThreadChunk.newBuilder().setLookedAt(lookedAt).setLookedFor(lookedFor).build()), times, uids.getCardinality(), System::nanoTime);
        room.within(account, uids.getCardinality(), progress, () -> {
            ThreadReading reading = new ThreadReading(sources, mailbox, progress);
            List<Integer> places = new ArrayList<>();
            ThreadChunk.Builder chunk = ThreadChunk.newBuilder();
            algorithm.thread(reading.messages(uids, algorithm, places), (place, children) -> {
                chunk.addUid(place < 0 ? 0 : places.get(place)).addChildren(children);
                if (chunk.getUidCount() == CHUNK) {
                    to.accept(chunk.build());
                    chunk.clear();
                }
            });
            to.accept(chunk.build());
        });
    }
}
