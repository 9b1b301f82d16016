package org.postel.queue;

/** What is done with each record. Runs on a virtual thread of its own and may take long: the record's lock is renewed. */
@FunctionalInterface
public interface MessageWork {

    /** What becomes of the record. */
    enum Verdict {
        /** Everything that follows from it is durable elsewhere: it leaves the queue. */
        DONE,
        /** It is handed out again, to any worker, with a higher delivery count. */
        AGAIN
    }

    /**
     * Does it. An exception means {@link Verdict#AGAIN}.
     *
     * @throws InterruptedException when the worker stops and does not wait any longer
     */
    Verdict work(Taken taken) throws InterruptedException;
}
