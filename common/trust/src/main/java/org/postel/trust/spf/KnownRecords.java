package org.postel.trust.spf;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

/** Remembers records by the text that DNS has: few domains send most mail, and to read one takes as long as to look it up. For any number of threads. */
final class KnownRecords {

    private static final int MOST = 1024;
    // RFC 7208 §3.4 wants records of 450 characters at most; what is longer is read anew each time.
    private static final int LONGEST = 512;

    private final Cache<String, SpfRecord> records = Caffeine.newBuilder().maximumSize(MOST).build();

    /**
     * The record of a text.
     *
     * @throws SpfFaultException when it has a fault
     */
    SpfRecord of(String text) throws SpfFaultException {
        SpfRecord known = records.getIfPresent(text);
        if (known != null) {
            return known;
        }
        SpfRecord read = SpfRecord.parse(text);
        if (text.length() <= LONGEST) {
            records.put(text, read);
        }
        return read;
    }
}
