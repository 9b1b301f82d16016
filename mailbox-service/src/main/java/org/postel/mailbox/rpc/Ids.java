package org.postel.mailbox.rpc;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.postel.mailbox.storage.StoreException;

/** The ids of accounts and mailboxes as the API writes them: 16 octets. */
final class Ids {

    private static final int OCTETS = 16;

    private Ids() {}

    static ByteString octets(UUID id) {
        ByteBuffer octets = ByteBuffer.allocate(OCTETS).putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
        return ByteString.copyFrom(octets.flip());
    }

    /**
     * @throws StoreException INVALID when there are not 16 octets
     */
    static UUID of(ByteString octets) {
        if (octets.size() != OCTETS) {
            throw new StoreException(StoreException.Problem.INVALID, "an id has 16 octets");
        }
        ByteBuffer bits = octets.asReadOnlyByteBuffer();
        return new UUID(bits.getLong(), bits.getLong());
    }
}
