package org.postel.imap.command;

import com.google.protobuf.ByteString;

/** Tells sessions that something happened in their account. Missing news costs a delay, never a wrong view. */
public interface News {

    /** Runs {@code wake}, which does not wait, on any thread, each time; until the subscription is closed. */
    Subscription subscribe(ByteString accountId, Runnable wake);

    /** Being told. */
    interface Subscription extends AutoCloseable {

        @Override
        void close();
    }
}
