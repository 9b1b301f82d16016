package org.postel.trust.dkim;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

/**
 * Remembers keys by the text that DNS has: most mail is signed with few of them, and to read one takes as long as to verify with it. For
 * any number of threads.
 */
final class KnownKeys {

    private static final int MOST = 1024;
    // A key of 8192 bits in base 64 with its tags; whoever publishes more is read anew each time.
    private static final int LONGEST = 2048;

    /** The same text is another key for another algorithm. */
    private record Published(String text, Algorithm algorithm) {
    }

    private final Cache<Published, KeyRecord> keys = Caffeine.newBuilder().maximumSize(MOST).build();

    /**
     * The key of a record.
     *
     * @throws DkimFaultException when it is none for mail and this algorithm
     */
    KeyRecord of(String text, Algorithm algorithm) throws DkimFaultException {
        Published published = new Published(text, algorithm);
        KeyRecord known = keys.getIfPresent(published);
        if (known != null) {
            return known;
        }
        KeyRecord read = KeyRecord.parse(text, algorithm);
        if (text.length() <= LONGEST) {
            keys.put(published, read);
        }
        return read;
    }
}
