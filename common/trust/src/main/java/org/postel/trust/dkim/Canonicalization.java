package org.postel.trust.dkim;

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
        String raw = field.raw();
        StringBuilder text = new StringBuilder(raw.length()).append(field.name()).append(':');
        int begin = text.length();
        boolean blank = false;
        for (int i = raw.indexOf(':') + 1; i < raw.length(); i++) {
            char octet = raw.charAt(i);
            if (octet == '\r' && i + 1 < raw.length() && raw.charAt(i + 1) == '\n') {
                i++;
            } else if (octet == ' ' || octet == '\t') {
                blank = true;
            } else {
                if (blank && text.length() > begin) {
                    text.append(' ');
                }
                blank = false;
                text.append(octet);
            }
        }
        return text.append("\r\n").toString();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
