package org.postel.mailbox.search;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.postel.mailbox.api.v1.MessageRow;
import org.postel.mailbox.storage.StoreException;
import org.postel.mailbox.storage.StoreException.Problem;
import org.postel.mailbox.store.MailboxReader;
import org.roaringbitmap.RoaringBitmap;

/**
 * Looks through the octets of messages, several at a time. All searches of this pod together have so many hands, taken in turn,
 * so that other work finds a processor and memory does not grow with the number of searches.
 */
public final class ContentScan {

    /** Messages that one hand takes at once: their contents are read together. */
    private static final int TOGETHER = 16;
    private static final long LOOK_UP_MILLIS = 50;

    private final MailboxReader reader;
    private final int hands;
    private final Semaphore free;

    /** @param hands of all searches of this pod */
    public ContentScan(MailboxReader reader, int hands) {
        this.reader = reader;
        this.hands = hands;
        this.free = new Semaphore(hands, true);
    }

    /** The UIDs of the messages that answer yes; see {@link #ask}. */
    RoaringBitmap answering(List<MessageRow> messages, Predicate<MessageContent> question, Progress progress) {
        RoaringBitmap found = new RoaringBitmap();
        ask(messages, question::test, (message, yes) -> {
            if (yes) {
                found.add(message.getUid());
            }
        }, progress);
        return found;
    }

    /**
     * Asks something of each message; the answers come in the order of the messages. When it ends, also by an exception, nobody
     * works for it any more.
     */
    <T> void ask(List<MessageRow> messages, Function<MessageContent, T> question, BiConsumer<MessageRow, T> to, Progress progress) {
        Deque<Future<List<Runnable>>> working = new ArrayDeque<>();
        // Closing waits for all hands; what they do ends soon after the progress did.
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            try {
                for (int from = 0; from < messages.size(); from += TOGETHER) {
                    List<MessageRow> some = messages.subList(from, Math.min(from + TOGETHER, messages.size()));
                    working.add(threads.submit(() -> byOneHand(some, question, to, progress)));
                    if (working.size() == hands) {
                        settled(working.remove(), progress).forEach(Runnable::run);
                    }
                }
                while (!working.isEmpty()) {
                    settled(working.remove(), progress).forEach(Runnable::run);
                }
            } catch (RuntimeException | Error e) {
                progress.end();
                throw e;
            }
        }
    }

    /** The answers, to be told by whoever asked. */
    private <T> List<Runnable> byOneHand(List<MessageRow> messages, Function<MessageContent, T> question, BiConsumer<MessageRow, T> to,
            Progress progress) {
        List<Runnable> answers = new ArrayList<>();
        free.acquireUninterruptibly();
        try {
            progress.mayGoOn();
            reader.fetchSmall(messages);
            for (MessageRow message : messages) {
                progress.mayGoOn();
                T answer = question.apply(new MessageContent(message, reader, progress::mayGoOn));
                answers.add(() -> to.accept(message, answer));
            }
        } finally {
            free.release();
        }
        return answers;
    }

    /** Waits for one, and goes on telling the reader meanwhile. */
    private static <T> T settled(Future<T> work, Progress progress) {
        while (true) {
            try {
                return work.get(LOOK_UP_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException stillWorking) {
                progress.step();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StoreException(Problem.UNAVAILABLE, "interrupted");
            } catch (ExecutionException e) {
                throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
            }
        }
    }
}
