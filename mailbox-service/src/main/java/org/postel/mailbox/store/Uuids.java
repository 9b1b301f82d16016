package org.postel.mailbox.store;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.postel.mailbox.api.UidSet;
import org.postel.mailbox.storage.StoreException;
import org.postel.mailbox.storage.StoreException.Problem;
import org.roaringbitmap.RoaringBitmap;

/** Ids and sets of UIDs as the API writes them: ids are 16 octets there and UUIDs in the store. */
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

    /** @throws StoreException INVALID when it is no set of UIDs */
    public static RoaringBitmap uids(ByteString octets) {
        try {
            return UidSet.parse(octets);
        } catch (IllegalArgumentException e) {
            throw new StoreException(Problem.INVALID, "not a set of UIDs", e);
        }
    }

    public static ByteString toBytes(UUID id) {
        return HeaderColumns.octets(id);
    }
}
