package org.postel.mailbox.store;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.postel.mailbox.storage.StoreException;
import org.postel.mailbox.storage.StoreException.Problem;

/** Ids are 16 octets in the API and UUIDs in the store. */
public final class Uuids {

    private static final int BYTES = 16;

    private Uuids() {}

    /** @throws StoreException INVALID when there are not 16 octets */
    public static UUID of(ByteString octets) {
        if (octets.size() != BYTES) {
            throw new StoreException(Problem.INVALID, "an id has 16 octets");
        }
        ByteBuffer buffer = octets.asReadOnlyByteBuffer();
        return new UUID(buffer.getLong(), buffer.getLong());
    }

    public static ByteString toBytes(UUID id) {
        return HeaderColumns.octets(id);
    }
}
