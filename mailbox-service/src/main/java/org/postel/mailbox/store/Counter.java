package org.postel.mailbox.store;

import java.util.function.Consumer;

/** Counts what it hands on. */
final class Counter<T> implements Consumer<T> {

    private final Consumer<T> next;
    private long count;

    Counter(Consumer<T> next) {
        this.next = next;
    }

    @Override
    public void accept(T each) {
        count++;
        next.accept(each);
    }

    long count() {
        return count;
    }
}
