package org.postel.smtp.syntax;

import java.util.EnumSet;
import java.util.Set;
import org.postel.smtp.syntax.ContentDecoder.Fault;

/**
 * Watches text that comes in chunks pass by, in any pieces: RFC 3030 §2. No dot means anything here, and a chunk may end
 * anywhere, also between CR and LF. A bare CR or LF is a fault as it is after DATA: the next server may take it for the end of
 * the content (RFC 5321 §2.3.8; SAFETY rows 1 and 2).
 */
public final class ChunkedText implements ContentSink {

    private static final byte[] CRLF = {'\r', '\n'};

    private final ContentSink sink;
    private final Set<Fault> faults = EnumSet.noneOf(Fault.class);
    // Nothing yet is as good as a line end.
    private byte last = '\n';

    /** Hands the content on to {@code sink}. */
    public ChunkedText(ContentSink sink) {
        this.sink = sink;
    }

    @Override
    public void accept(byte[] octets, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            byte octet = octets[i];
            if ((octet == '\n') != (last == '\r')) {
                faults.add(Fault.BARE_LINE_END);
            } else if (octet == 0) {
                faults.add(Fault.NUL);
            }
            last = octet;
        }
        sink.accept(octets, offset, length);
    }

    /** There is no more. A last line without CRLF gets it, as DATA would have made its sender do: the queue holds whole lines. */
    public void end() {
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
