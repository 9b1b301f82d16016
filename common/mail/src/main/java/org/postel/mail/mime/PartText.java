package org.postel.mail.mime;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.apache.james.mime4j.codec.Base64InputStream;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.QuotedPrintableInputStream;

/** The body of a part, decoded (RFC 2045 §6) as it is read. Octets that cannot be decoded are skipped or replaced. */
public final class PartText {

    private PartText() {
    }

    /** The octets behind the Content-Transfer-Encoding of {@code header}; closing it closes {@code body}. */
    public static InputStream octets(PartHeader header, InputStream body) {
        if (header.encoding().is("base64")) {
            return new NeverEmpty(new Base64InputStream(body, DecodeMonitor.SILENT));
        }
        if (header.encoding().is("quoted-printable")) {
            return new NeverEmpty(new QuotedPrintableInputStream(new ShortBlanks(body), DecodeMonitor.SILENT));
        }
        return body;
    }

    /**
     * The octets behind an encoding (RFC 2045 §6.1), decoded as they are read; closing it closes {@code body}. Empty for an
     * encoding that is not known.
     *
     * @param encoding as the field Content-Transfer-Encoding has it; empty where there is none
     */
    public static Optional<InputStream> decoded(String encoding, InputStream body) {
        return switch (encoding.toLowerCase(Locale.ROOT)) {
            case "base64" -> Optional.of(new NeverEmpty(new Base64InputStream(body, DecodeMonitor.SILENT)));
            case "quoted-printable" -> Optional.of(new NeverEmpty(new QuotedPrintableInputStream(new ShortBlanks(body), DecodeMonitor.SILENT)));
            case "", "7bit", "8bit", "binary" -> Optional.of(body);
            default -> Optional.empty();
        };
    }

    /** The decoders may return no octet before the end, at a soft line break for one, which no reader of a stream expects. */
    private static final class NeverEmpty extends FilterInputStream {

        NeverEmpty(InputStream decoder) {
            super(decoder);
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int count;
            do {
                count = super.read(into, offset, length);
            } while (count == 0 && length > 0);
            return count;
        }
    }

    /** The text of a part of type text; UTF-8 when its charset is missing or unknown. */
    public static Reader text(PartHeader header, InputStream body) {
        Charset charset = header.contentType().parameter("charset").map(Octets::toString).map(CharsetNames::named)
                .orElse(StandardCharsets.UTF_8);
        return new InputStreamReader(octets(header, body), charset);
    }

    /** Whether {@code wanted} is in the text of this part. */
    static boolean contains(Part part, ContentSource content, TextSearch wanted) throws IOException {
        try (Reader text = text(part.header(), content.open(part.extent().bodyStart(), part.extent().bodySize()))) {
            return wanted.isIn(text);
        }
    }
}
