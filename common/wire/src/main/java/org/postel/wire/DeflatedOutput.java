package org.postel.wire;

import java.io.IOException;
import java.util.Optional;
import java.util.zip.Deflater;

/**
 * Octets on their way into a DEFLATE stream. The stream is cut by {@link #separate()}: no octet after a cut is told by one
 * before it, and the next deflater may be another, since RFC 1951 §3.2.4 lets an empty stored block end a stretch at a whole
 * octet and nothing refers to what was before.
 */
final class DeflatedOutput implements AutoCloseable {

    private static final int PIECE = 4 << 10;
    private static final byte[] NONE = {};
    private static final int LONGEST_STORED = 0xFFFF;

    private final Compression compression;
    private final Outbound outbound;
    private Optional<Deflater> deflater = Optional.empty();
    private byte[] piece = NONE;
    private boolean stored;

    DeflatedOutput(Compression compression, Outbound outbound) {
        this.compression = compression;
        this.outbound = outbound;
    }

    void write(byte[] octets, int offset, int length) throws IOException {
        if (length == 0) {
            return;
        }
        if (deflater.isEmpty() && !stored) {
            deflater = compression.takeDeflater();
            stored = deflater.isEmpty();
            piece = stored ? NONE : new byte[PIECE];
        }
        if (stored) {
            store(octets, offset, length);
        } else {
            deflate(deflater.get(), octets, offset, length);
        }
    }

    private void deflate(Deflater to, byte[] octets, int offset, int length) throws IOException {
        to.setInput(octets, offset, length);
        while (!to.needsInput()) {
            outbound.write(piece, 0, to.deflate(piece, 0, piece.length, Deflater.NO_FLUSH));
        }
    }

    /** {@code 00}: not the last block, and stored; then its length and the complement of that (RFC 1951 §3.2.4). */
    private void store(byte[] octets, int offset, int length) throws IOException {
        for (int from = offset; from < offset + length; from += LONGEST_STORED) {
            int count = Math.min(LONGEST_STORED, offset + length - from);
            byte[] header = {0, (byte) count, (byte) (count >> 8), (byte) ~count, (byte) (~count >> 8)};
            outbound.write(header, 0, header.length);
            outbound.write(octets, from, count);
        }
    }

    /** Cuts the stream here; all that was written can be inflated by now. Holds no memory until the next octet is written. */
    void separate() throws IOException {
        stored = false;
        if (deflater.isPresent()) {
            int count;
            do {
                count = deflater.get().deflate(piece, 0, piece.length, Deflater.FULL_FLUSH);
                outbound.write(piece, 0, count);
            } while (count == piece.length);
            close();
        }
    }

    /** Gives the memory back; what was written since the last {@link #separate()} may be cut off. */
    @Override
    public void close() {
        deflater.ifPresent(compression::giveBack);
        deflater = Optional.empty();
        piece = NONE;
    }
}
