package org.postel.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The octets of a DEFLATE stream, inflated as they are asked for, a piece at a time: never more is in memory than one piece and
 * what the socket was read ahead. A stream that grows too much is a bomb and ends the connection (SAFETY row 31).
 */
final class InflatedInput implements Source, AutoCloseable {

    /** So many octets may come of each; commands and mail grow tenfold, DEFLATE allows a thousandfold. */
    static final int MOST_GROWTH = 100;

    private static final int PIECE = 8 << 10;
    private static final byte[] NONE = {};

    private final Inbound inbound;
    private final LineReader.BeforeWait beforeWait;
    private final long allowance;
    private final Inflater inflater = new Inflater(true);
    private ByteBuf raw = Unpooled.EMPTY_BUFFER;
    private ByteBuf piece = Unpooled.EMPTY_BUFFER;
    // The last piece was full: the inflater may have more without reading on.
    private boolean more;
    private long excess;

    /**
     * @param beforeWait done before the socket is waited for
     * @param allowance  octets beyond {@link #MOST_GROWTH} for each that came; they are earned anew by what grows less
     */
    InflatedInput(Inbound inbound, LineReader.BeforeWait beforeWait, long allowance) {
        this.inbound = inbound;
        this.beforeWait = beforeWait;
        this.allowance = allowance;
    }

    /** Also where nothing may come of what has been received: whoever reads then flushes before it waits. */
    @Override
    public boolean hasInput() {
        return piece.isReadable() || more || inbound.hasInput();
    }

    @Override
    public ByteBuf segment(long deadline, boolean betweenCommands) throws IOException {
        while (!piece.isReadable()) {
            if (!more && !inbound.hasInput()) {
                beforeWait.run();
            }
            inflateNext(deadline, betweenCommands);
            // Chunks of which nothing comes would keep a reader for ever.
            if (!piece.isReadable() && System.nanoTime() - deadline > 0) {
                throw new IdleTimeoutException("nothing but empty blocks received");
            }
        }
        return piece;
    }

    private void inflateNext(long deadline, boolean betweenCommands) throws IOException {
        // Held no longer than it is read from: an idle connection costs no heap.
        piece = Unpooled.EMPTY_BUFFER;
        if (!more && !raw.isReadable()) {
            raw = Unpooled.EMPTY_BUFFER;
            raw = inbound.segment(deadline, betweenCommands);
        }
        byte[] octets = new byte[PIECE];
        int before = raw.readableBytes();
        inflater.setInput(raw.nioBuffer());
        int count = inflate(octets);
        int taken = before - inflater.getRemaining();
        raw.skipBytes(taken);
        // Else an idle connection would hold what it received last.
        inflater.setInput(NONE);
        more = count == octets.length;
        if (count == 0 && inflater.finished()) {
            throw new CompressionBrokenException("the compressed stream ended");
        }
        grow(count, taken);
        piece = Unpooled.wrappedBuffer(octets, 0, count);
    }

    private int inflate(byte[] octets) throws CompressionBrokenException {
        try {
            return inflater.inflate(octets);
        } catch (DataFormatException e) {
            throw new CompressionBrokenException("not DEFLATE: " + e.getMessage());
        }
    }

    private void grow(int octets, int from) throws CompressionBrokenException {
        excess = Math.max(0, excess + octets - (long) MOST_GROWTH * from);
        if (excess > allowance) {
            throw new CompressionBrokenException("the compressed stream grows too much");
        }
    }

    @Override
    public void unread(int count) {
        piece.readerIndex(piece.readerIndex() - count);
    }

    @Override
    public Connection.Signal await(long deadline) throws IOException {
        while (!piece.isReadable()) {
            if (!more && !raw.isReadable()) {
                piece = Unpooled.EMPTY_BUFFER;
                raw = Unpooled.EMPTY_BUFFER;
                if (!inbound.hasInput()) {
                    // What came may have been the end of a flush and nothing else: an answer may have been left for this wait.
                    beforeWait.run();
                }
                Connection.Signal signal = inbound.await(deadline);
                if (signal != Connection.Signal.INPUT) {
                    return signal;
                }
            }
            inflateNext(deadline, false);
            if (!piece.isReadable() && System.nanoTime() - deadline > 0) {
                return Connection.Signal.TIMEOUT;
            }
        }
        return Connection.Signal.INPUT;
    }

    /** Frees native memory; nothing is read afterwards. */
    @Override
    public void close() {
        inflater.end();
    }
}
