package org.postel.imap.fake;

import java.util.Iterator;
import org.postel.imap.command.Mail;

/** A stream over what is there already. */
record FakeStream<T>(Iterator<T> items) implements Mail.Stream<T> {

    @Override
    public boolean hasNext() {
        return items.hasNext();
    }

    @Override
    public T next() {
        return items.next();
    }

    @Override
    public void close() {
        items.forEachRemaining(item -> { });
    }
}
