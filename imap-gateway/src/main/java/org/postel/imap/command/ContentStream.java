package org.postel.imap.command;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.InputStream;
import org.postel.mailbox.api.v1.ContentChunk;

/** A range of a message's octets as a stream; closing it ends the call. */
final class ContentStream extends InputStream {

    private final Mail.Stream<ContentChunk> chunks;
    private ByteString chunk = ByteString.EMPTY;
    private int at;

    ContentStream(Mail.Stream<ContentChunk> chunks) {
        this.chunks = chunks;
    }

    @Override
    public int read() {
        return more() ? chunk.byteAt(at++) & 0xFF : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        if (!more()) {
            return -1;
        }
        int count = Math.min(length, chunk.size() - at);
        chunk.substring(at, at + count).copyTo(into, offset);
        at += count;
        return count;
    }

    private boolean more() {
        while (at == chunk.size()) {
            if (!chunks.hasNext()) {
                return false;
            }
            chunk = chunks.next().getData();
            at = 0;
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        chunks.close();
        super.close();
    }
}
