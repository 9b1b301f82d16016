package org.postel.delivery.sign;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.postel.trust.message.Field;

/** A message read as the fields of its header, held, and then its body, which passes. */
final class SplitContent {

    // Gateways take much shorter ones.
    private static final int LONGEST_HEADER = 1024 * 1024;
    private static final int BLOCK = 16 * 1024;

    private final InputStream content;
    private final byte[] block = new byte[BLOCK];
    private int length;
    private int used;

    SplitContent(InputStream content) {
        this.content = content;
    }

    /** Takes pieces of a body. */
    interface Body {
        void accept(byte[] from, int offset, int length);
    }

    /** Reads up to the empty line; empty when the header is longer than any that is signed. */
    Optional<List<Field>> header() throws IOException {
        ByteArrayOutputStream header = new ByteArrayOutputStream(BLOCK);
        // How much of CR LF CR LF the last octets are; the line before the first is over.
        int matched = 2;
        while (matched < 4) {
            if (used == length && !more()) {
                return Optional.of(Field.list(header.toByteArray()));
            }
            if (header.size() == LONGEST_HEADER) {
                return Optional.empty();
            }
            byte octet = block[used++];
            header.write(octet);
            matched = octet == "\r\n\r\n".charAt(matched) ? matched + 1 : octet == '\r' ? 1 : 0;
        }
        byte[] octets = header.toByteArray();
        return Optional.of(Field.list(Arrays.copyOf(octets, octets.length - 2)));
    }

    /** Lets the rest pass. */
    void body(Body to) throws IOException {
        do {
            to.accept(block, used, length - used);
            used = length;
        } while (more());
    }

    private boolean more() throws IOException {
        used = 0;
        length = Math.max(0, content.read(block));
        return length > 0;
    }
}
