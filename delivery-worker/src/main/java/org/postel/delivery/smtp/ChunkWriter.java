package org.postel.delivery.smtp;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Sends the content of one message in chunks, by BDAT: RFC 3030 §2. Binary content goes as it is, any other as {@link TextLines}; no
 * dot is doubled, because the server counts octets. The last chunk goes when the server has said yes to all before it: it may take
 * no message of which it refused a part, whatever it makes of the chunks that were under way then.
 */
final class ChunkWriter {

    /** Octets of a chunk at most. */
    static final int CHUNK = 64 * 1024;
    /** RFC 2920 §3.1: their answers must fit into the window of the connection, or both sides wait for each other. */
    static final int MOST_UNANSWERED = 16;

    // Small: a chunk goes when the next block may not fit in, should each of its octets be a line end.
    private static final int BLOCK = 4 * 1024;

    private final SmtpConnection connection;
    private final SmtpTimeouts timeouts;
    private final int mostUnanswered;
    private final long size;
    private final boolean binary;
    private final ByteBuffer chunk;
    private final TextLines lines;
    private int unanswered;

    /**
     * @param pipelining whether a chunk may go before the server has answered the one before it: RFC 3030 §4.2
     * @param size octets the content must have: of half a message no chunk may be the last
     */
    ChunkWriter(SmtpConnection connection, SmtpTimeouts timeouts, boolean pipelining, long size, boolean binary) {
        this.connection = connection;
        this.timeouts = timeouts;
        this.mostUnanswered = pipelining ? MOST_UNANSWERED : 1;
        this.size = size;
        this.binary = binary;
        this.chunk = ByteBuffer.allocate((int) Math.min(CHUNK, TextLines.most(size)));
        this.lines = new TextLines(chunk, false);
    }

    /**
     * Sends all of it, or as much as the server wants.
     *
     * @return the answer to all of it, or to the chunk that was refused
     */
    Reply write(InputStream content) throws IOException {
        Optional<Reply> refusal = allButTheLast(content);
        if (refusal.isEmpty()) {
            refusal = answers(0);
        }
        if (refusal.isPresent()) {
            return refusal.get();
        }
        send(" LAST");
        unanswered--;
        return connection.read(timeouts.dataTermination());
    }

    /** Chunks that were under way when one was refused; the server answers them too. */
    int unanswered() {
        return unanswered;
    }

    /** Leaves the last one in the buffer; a refusal if there is one. */
    private Optional<Reply> allButTheLast(InputStream content) throws IOException {
        byte[] read = new byte[BLOCK];
        long left = size;
        for (int got = content.read(read); got >= 0; got = content.read(read)) {
            left -= got;
            if (left < 0) {
                break;
            }
            if (chunk.remaining() < TextLines.most(got)) {
                Optional<Reply> refusal = answers(mostUnanswered - 1);
                if (refusal.isPresent()) {
                    return refusal;
                }
                send("");
            }
            put(read, got);
        }
        if (left != 0) {
            throw new IOException("the content has not " + size + " octets");
        }
        lines.end();
        return Optional.empty();
    }

    private void put(byte[] octets, int length) {
        if (binary) {
            chunk.put(octets, 0, length);
        } else {
            lines.put(octets, length);
        }
    }

    private void send(String end) throws IOException {
        connection.send("BDAT " + chunk.position() + end);
        connection.octets(chunk.array(), chunk.position(), timeouts.dataBlock());
        chunk.clear();
        unanswered++;
    }

    /** Hears what there is to hear, and waits until no more than so many chunks are unanswered; a refusal if there is one. */
    private Optional<Reply> answers(int most) throws IOException {
        while (unanswered > most || unanswered > 0 && !connection.quiet()) {
            unanswered--;
            Reply reply = connection.read(timeouts.dataBlock());
            if (!reply.positive()) {
                return Optional.of(reply);
            }
        }
        return Optional.empty();
    }
}
