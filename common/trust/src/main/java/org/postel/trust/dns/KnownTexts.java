package org.postel.trust.dns;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

/**
 * Remembers what records were read as by their text: few domains send most mail, and to read a record takes as long as to look it up, a
 * key as long as to verify with it. Nothing here grows old, for the text is asked for anew each time. For any number of threads.
 *
 * @param <T> what a record is read as
 */
public final class KnownTexts<T> {

    // With the longest texts, keys, some MiB.
    private static final int MOST = 1024;

    private final Cache<String, T> known = Caffeine.newBuilder().maximumSize(MOST).build();
    private final int longest;

    /** @param longest characters of a text that is remembered: whoever publishes more has it read anew each time */
    public KnownTexts(int longest) {
        this.longest = longest;
    }

    /**
     * Reads a text.
     *
     * @param <E> why it may be no such record
     */
    @FunctionalInterface
    public interface Parser<T, E extends Exception> {

        /** The same for the same text at any time. */
        T parse(String text) throws E;
    }

    /** The record of a text, which is read unless it is known. */
    public <E extends Exception> T of(String text, Parser<T, E> parser) throws E {
        T remembered = known.getIfPresent(text);
        if (remembered != null) {
            return remembered;
        }
        T read = parser.parse(text);
        if (text.length() <= longest) {
            known.put(text, read);
        }
        return read;
    }
}
