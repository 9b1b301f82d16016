package org.postel.trust.dkim;

import java.util.EnumMap;
import java.util.Map;
import org.postel.trust.dns.KnownTexts;

/** Remembers keys by the text that DNS has; the same text is another key for another algorithm. For any number of threads. */
final class KnownKeys {

    // A key of 8192 bits in base 64 with its tags.
    private static final int LONGEST = 2048;

    private final Map<Algorithm, KnownTexts<KeyRecord>> keys = new EnumMap<>(Algorithm.class);

    KnownKeys() {
        for (Algorithm algorithm : Algorithm.values()) {
            keys.put(algorithm, new KnownTexts<>(LONGEST));
        }
    }

    /**
     * The key of a record.
     *
     * @throws DkimFaultException when it is none for mail and this algorithm
     */
    KeyRecord of(String text, Algorithm algorithm) throws DkimFaultException {
        return keys.get(algorithm).of(text, unknown -> KeyRecord.parse(unknown, algorithm));
    }
}
