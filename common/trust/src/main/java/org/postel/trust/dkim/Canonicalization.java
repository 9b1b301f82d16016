package org.postel.trust.dkim;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.postel.trust.message.Field;

/** What changes on the way leave a signature whole: RFC 6376 §3.4. */
public enum Canonicalization {
    /** Almost none. */
    SIMPLE,
    /** White space, and the case of field names. */
    RELAXED;

    static Optional<Canonicalization> ofTag(String tag) {
        return switch (tag) {
            case "simple" -> Optional.of(SIMPLE);
            case "relaxed" -> Optional.of(RELAXED);
            default -> Optional.empty();
        };
    }

    /** A field as it is hashed: §3.4.1 and §3.4.2. */
    public String header(Field field) {
        return switch (this) {
            case SIMPLE -> field.raw();
            case RELAXED -> relaxed(field);
        };
    }

    // White space is one space, but none at the ends; folds are nothing, and so unfolded first.
    private static String relaxed(Field field) {
        byte[] raw = field.raw().getBytes(StandardCharsets.ISO_8859_1);
        byte[] text = new byte[raw.length];
        int length = 0;
        boolean blank = false;
        for (int i = field.raw().indexOf(':') + 1; i < raw.length; i++) {
            byte octet = raw[i];
            if (octet == '\r' && i + 1 < raw.length && raw[i + 1] == '\n') {
                i++;
            } else if (octet == ' ' || octet == '\t') {
                blank = true;
            } else {
                if (blank && length > 0) {
                    text[length++] = ' ';
                }
                blank = false;
                text[length++] = octet;
            }
        }
        return field.name() + ':' + new String(text, 0, length, StandardCharsets.ISO_8859_1) + "\r\n";
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
