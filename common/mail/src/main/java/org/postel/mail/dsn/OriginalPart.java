package org.postel.mail.dsn;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.postel.mail.mime.HeaderSection;
import org.postel.mail.mime.RawField;

/**
 * The original mail or its header, as the last part. Its line ends are made CRLF: a bare CR or LF in it must not become the
 * start of a line of ours on its way (RFC 5321 §2.3.8).
 */
final class OriginalPart {

    private static final int MOST_HEADER_OCTETS = 64 * 1024;

    private final boolean whole;
    private final byte[] octets;
    private final boolean headerIsAscii;

    OriginalPart(Original original) {
        byte[] header = header(original.octets());
        this.whole = original instanceof Original.Whole;
        this.octets = whole ? withCrlf(original.octets()) : header;
        this.headerIsAscii = isAscii(header);
    }

    byte[] octets() {
        return octets;
    }

    boolean isAscii() {
        return isAscii(octets);
    }

    /** The types of RFC 6522 §4 and RFC 3461 §6; those of RFC 6533 §5 for a header that is UTF-8 and not ASCII. */
    String contentType() {
        boolean global = !headerIsAscii && isUtf8(octets);
        if (whole) {
            return global ? "message/global" : "message/rfc822";
        }
        return global ? "message/global-headers" : "text/rfc822-headers";
    }

    private static byte[] header(byte[] message) {
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        for (RawField field : new HeaderSection(message)) {
            if (header.size() + field.end() - field.start() > MOST_HEADER_OCTETS) {
                break;
            }
            header.writeBytes(field.octets());
        }
        return withCrlf(header.toByteArray());
    }

    private static byte[] withCrlf(byte[] text) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream(text.length + 16);
        for (int i = 0; i < text.length; i++) {
            boolean carriageReturn = text[i] == '\r';
            if (carriageReturn || text[i] == '\n') {
                lines.write('\r');
                lines.write('\n');
                i += carriageReturn && i + 1 < text.length && text[i + 1] == '\n' ? 1 : 0;
            } else {
                lines.write(text[i]);
            }
        }
        return lines.toByteArray();
    }

    private static boolean isAscii(byte[] text) {
        for (byte octet : text) {
            if (octet < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isUtf8(byte[] text) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
            return true;
        } catch (CharacterCodingException other) {
            return false;
        }
    }
}
