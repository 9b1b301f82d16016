package org.postel.trust.message;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A header field as it came: RFC 5322 §2.2. An octet is a character (ISO 8859-1), so that nothing is lost on the way to a hash.
 *
 * @param name in lower case, without the white space that may stand before the colon (RFC 5322 §4.5); empty when there is none
 * @param raw  all of it, with its CRLF
 */
public record Field(String name, String raw) {

    /** The fields of a header, without the empty line behind it. */
    public static List<Field> list(byte[] header) {
        String text = new String(header, StandardCharsets.ISO_8859_1);
        List<Field> fields = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int end = end(text, start);
            fields.add(of(text.substring(start, end)));
            start = end;
        }
        return fields;
    }

    // A field goes on in lines that begin with white space.
    private static int end(String text, int start) {
        int line = text.indexOf("\r\n", start);
        while (line >= 0 && line + 2 < text.length() && (text.charAt(line + 2) == ' ' || text.charAt(line + 2) == '\t')) {
            line = text.indexOf("\r\n", line + 2);
        }
        return line < 0 ? text.length() : line + 2;
    }

    private static Field of(String raw) {
        int colon = raw.indexOf(':');
        return new Field(colon < 0 ? "" : raw.substring(0, colon).strip().toLowerCase(Locale.ROOT), raw);
    }

    /** What stands behind the colon, with its folds and its CRLF. */
    public String body() {
        return raw.substring(raw.indexOf(':') + 1);
    }

    /** What stands behind the colon, on one line, as UTF-8. */
    public String value() {
        String octets = body().replace("\r\n", "").strip();
        return new String(octets.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
