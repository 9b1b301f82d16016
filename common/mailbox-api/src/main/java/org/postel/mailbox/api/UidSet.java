package org.postel.mailbox.api;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.roaringbitmap.RoaringBitmap;

/** How a set of UIDs is written into messages and rows: a RoaringBitmap in its portable form; no octets, no UIDs. */
public final class UidSet {

    private UidSet() {}

    /** The octets of a set. */
    public static ByteString toBytes(RoaringBitmap uids) {
        if (uids.isEmpty()) {
            return ByteString.EMPTY;
        }
        RoaringBitmap compact = uids.clone();
        compact.runOptimize();
        ByteBuffer octets = ByteBuffer.allocate(compact.serializedSizeInBytes());
        compact.serialize(octets);
        return ByteString.copyFrom(octets.flip());
    }

    /**
     * The set that the octets write down; the caller owns it.
     *
     * @throws IllegalArgumentException when they are no set of UIDs
     */
    public static RoaringBitmap parse(ByteString octets) {
        RoaringBitmap uids = new RoaringBitmap();
        if (octets.isEmpty()) {
            return uids;
        }
        try {
            uids.deserialize(octets.asReadOnlyByteBuffer());
            return uids;
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException("not a set of UIDs", e);
        }
    }
}
