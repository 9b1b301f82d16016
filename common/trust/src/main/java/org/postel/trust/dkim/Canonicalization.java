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
            case RELAXED -> field.name() + ":" + field.body().replace("\r\n", "").replaceAll("[ \\t]+", " ").strip() + "\r\n";
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
