package org.postel.delivery.route;

import com.google.protobuf.ByteString;
import java.util.List;
import org.postel.queue.v1.QueuedMessage;

/** What accounts' rules say of a message. */
@FunctionalInterface
public interface Rules {

    /**
     * In the order asked. Of the same message and account it is the same each time.
     *
     * @param header   the header section, or as much of it as is looked at
     * @param accounts 16 octets each
     * @throws StoreUnavailableException when nobody can say now
     */
    List<Filing> of(QueuedMessage message, byte[] header, List<ByteString> accounts) throws StoreUnavailableException;
}
