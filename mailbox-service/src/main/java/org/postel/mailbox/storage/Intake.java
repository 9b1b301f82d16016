package org.postel.mailbox.storage;

import com.google.protobuf.ByteString;
import java.util.UUID;
import java.util.function.Consumer;
import org.postel.mailbox.api.v1.AppendAllResponse;
import org.postel.mailbox.api.v1.AppendResponse;
import org.postel.mailbox.api.v1.AppendStart;
import org.postel.mailbox.api.v1.DeliverRequest;
import org.postel.mailbox.api.v1.DeliverResponse;
import org.postel.mailbox.api.v1.GetContentRequest;
import org.postel.mailbox.api.v1.PutContentResponse;
import org.postel.mailbox.api.v1.PutContentStart;

/** How mail comes into the store. Each call throws {@link StoreException}. */
public interface Intake {

    /** Takes content that a record of the queue will refer to; it lives as long as the claim's time to live, or a link. */
    Upload<PutContentResponse> put(PutContentStart start);

    /** Octets of content that was put, in pieces of at most 64 KiB. */
    void get(GetContentRequest request, Consumer<ByteString> to);

    /**
     * One message to the mailboxes of its recipients; they are tried one after the other, and each has its own outcome.
     * Throws only when the request as a whole is wrong.
     */
    DeliverResponse deliver(DeliverRequest request);

    /** RFC 9051 §6.3.12. LIMIT at once when it announces more than the store takes; nothing is stored before {@code finish}. */
    Upload<AppendResponse> append(UUID account, AppendStart start);

    /** Some messages to one mailbox, all or none; nothing is there before {@code finish}. RFC 3502, RFC 8508. */
    Batch appendAll(UUID account);

    /** Messages on their way in, one after the other. One thread; {@link #write} waits while the store is behind. */
    interface Batch extends Upload<AppendAllResponse> {

        /**
         * The next message begins; the one before is whole.
         *
         * @throws StoreException LIMIT when there are too many, INVALID when it is for another mailbox
         */
        void begin(AppendStart start);
    }

    /** Octets on their way in. One thread; {@link #write} waits while the store is behind. */
    interface Upload<R> extends AutoCloseable {

        /** The next octets. */
        void write(ByteString octets);

        /** All octets came: answers once they are durable. INVALID when they are not as many as announced. */
        R finish();

        /** Gives up what was not finished; does nothing after {@link #finish}. */
        @Override
        void close();
    }
}
