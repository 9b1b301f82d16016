package org.postel.mailbox.content;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;
import org.postel.mailbox.content.PromisedLinks.Promise;
import org.postel.mailbox.content.PromisedLinks.Promised;

/**
 * Writes promised links after a pause, one promise after the other, so that what a client does next is not held up by them. What it
 * does not come to, the sweeper does.
 */
public final class LinksLater {

    private static final Logger LOG = Logger.getLogger(LinksLater.class);
    /** Promises that wait here; with more the caller waits instead. */
    private static final int MOST = 64;

    private final PromisedLinks promises;
    private final Duration pause;
    private final BlockingQueue<Promise> waiting = new ArrayBlockingQueue<>(MOST);
    private final AtomicBoolean running = new AtomicBoolean();

    /** @param pause before the first of those that came together; much less than the grace time */
    public LinksLater(PromisedLinks promises, Duration pause) {
        this.promises = promises;
        this.pause = pause;
    }

    /**
     * Promises links of one mailbox to contents that another link was seen to keep, less than the grace time ago. The promise is
     * durable when this returns, so the messages that need them may be put into the mailbox. A few links are written at once: that
     * takes one request as well.
     *
     * @return to be called once they are, or are not
     */
    public Runnable promise(List<Promised> links) {
        if (links.size() <= ManyLinks.TOGETHER) {
            promises.write(links);
            return () -> { };
        }
        List<Promise> made = promises.make(links);
        return () -> made.forEach(this::keep);
    }

    private void keep(Promise promise) {
        if (!waiting.offer(promise)) {
            keepNow(promise);
            return;
        }
        if (running.compareAndSet(false, true)) {
            Thread.ofVirtual().name("links").start(this::run);
        }
    }

    private void run() {
        do {
            LockSupport.parkNanos(pause.toNanos());
            for (Promise next = waiting.poll(); next != null; next = waiting.poll()) {
                keepNow(next);
            }
            running.set(false);
        } while (!waiting.isEmpty() && running.compareAndSet(false, true));
    }

    private void keepNow(Promise promise) {
        try {
            promises.keep(promise);
        } catch (RuntimeException e) {
            LOG.debugf("links left to the sweeper: %s", e.getMessage());
        }
    }
}
