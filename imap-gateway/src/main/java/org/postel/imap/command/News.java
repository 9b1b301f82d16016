package org.postel.imap.command;

import com.google.protobuf.ByteString;
import java.util.List;

/** Tells sessions that something happened in their account. Missing news costs a delay, never a wrong view. */
public interface News {

    /** Tells {@code listener} each time, until the subscription is closed. */
    Subscription subscribe(ByteString accountId, Listener listener);

    /** Is told on any thread, and does not wait. */
    interface Listener {

        /** Something was committed to a mailbox, whose MODSEQ is this now. */
        void committed(ByteString mailboxId, long modseq);

        /**
         * Annotations changed.
         *
         * @param mailboxId of which; empty for those of the account
         * @param entries   their names
         */
        void annotated(ByteString mailboxId, List<String> entries);

        /** Who may use the account, or what opens it, changed. */
        void accessChanged();

        /** Mailboxes came, went or got other names; or news may have been missed. */
        void anything();
    }

    /** Being told. */
    interface Subscription extends AutoCloseable {

        @Override
        void close();
    }
}
