package org.postel.trust.spf;

import java.util.List;
import java.util.Optional;

/**
 * A record that has no fault: RFC 7208 §4.6.1. Modifiers other than redirect change nothing.
 *
 * @param redirect whose record goes on when no directive matched: §6.1
 */
record SpfRecord(List<Directive> directives, Optional<MacroString> redirect) {

    private static final String VERSION = "v=spf1";
    /** Characters; RFC 7208 §3.4 wants what fits into 512 octets. */
    private static final int LONGEST = 4096;

    /** Whether a TXT record is one of ours: the version ends at a space or with the record, RFC 7208 §4.5. */
    static boolean isSpf(String text) {
        return text.regionMatches(true, 0, VERSION, 0, VERSION.length())
            && (text.length() == VERSION.length() || text.charAt(VERSION.length()) == ' ');
    }

    static SpfRecord parse(String text) throws SpfFaultException {
        if (text.length() > LONGEST) {
            throw new SpfFaultException("a record of more than " + LONGEST + " characters");
        }
        return new SpfRecordParser().parse(text.substring(VERSION.length()));
    }
}
