package org.postel.smtp.syntax;

import java.util.EnumSet;
import java.util.Set;
import org.postel.mail.BodyType;
import org.postel.smtp.syntax.ContentDecoder.Fault;

/**
 * Watches content that comes in chunks pass by, in any pieces: RFC 3030 §2. No dot means anything here, and a chunk may end
 * anywhere, also between CR and LF. A bare CR or LF is a fault as it is after DATA: the next server may take it for the end of
 * the content (RFC 5321 §2.3.8; SAFETY rows 1 and 2). Only behind the header of a binary message (RFC 3030 §3) may any octet
 * stand, since that goes to nobody but in chunks.
 */
public final class ChunkedText implements ContentSink {

    private static final byte[] CRLF = {'\r', '\n'};

    private final ContentSink sink;
    private final Set<Fault> faults = EnumSet.noneOf(Fault.class);
    private final boolean binary;
    // Nothing yet is as good as a line end.
    private byte last = '\n';
    private boolean emptyLine = true;
    private boolean free;

    /**
     * Hands the content on to {@code sink}.
     *
     * @param body what its sender says of it
     */
    public ChunkedText(ContentSink sink, BodyType body) {
        this.sink = sink;
        this.binary = body == BodyType.BINARY_MIME;
    }

    @Override
    public void accept(byte[] octets, int offset, int length) {
        for (int i = offset; i < offset + length && !free; i++) {
            byte octet = octets[i];
            if ((octet == '\n') != (last == '\r')) {
                faults.add(Fault.BARE_LINE_END);
            } else if (octet == 0) {
                faults.add(Fault.NUL);
            }
            if (octet == '\n') {
                free = binary && emptyLine;
                emptyLine = true;
            } else if (octet != '\r') {
                emptyLine = false;
            }
            last = octet;
        }
        sink.accept(octets, offset, length);
    }

    /** There is no more. A last line without CRLF gets it, as DATA would have made its sender do, but for the body of a binary message. */
    public void end() {
        if (free) {
            return;
        }
        if (last == '\r') {
            faults.add(Fault.BARE_LINE_END);
        }
        if (last != '\n') {
            sink.accept(CRLF, 0, CRLF.length);
        }
    }

    /** What was found so far. */
    public Set<Fault> faults() {
        return Set.copyOf(faults);
    }
}
