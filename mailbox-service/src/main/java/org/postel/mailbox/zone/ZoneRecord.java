package org.postel.mailbox.zone;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A record to publish.
 *
 * @param name  absolute, without the dot at its end, A-labels
 * @param type  such as MX
 * @param value as in a zone file (RFC 1035 §5.1), but a TXT as the one text that its strings are
 */
public record ZoneRecord(String name, String type, String value) {

    // RFC 1035 §3.3: a character-string has 255 octets at most.
    private static final int LONGEST_STRING = 255;
    // An hour: a mistake is mended soon.
    private static final int TTL = 3_600;

    static ZoneRecord text(String name, String text) {
        return new ZoneRecord(name, "TXT", text);
    }

    /** The record as a line of a zone file. */
    public String line() {
        return name + ". " + TTL + " IN " + type + " " + (type.equals("TXT") ? strings(value) : value);
    }

    private static String strings(String text) {
        return IntStream.iterate(0, start -> start == 0 || start < text.length(), start -> start + LONGEST_STRING)
                .mapToObj(start -> text.substring(start, Math.min(text.length(), start + LONGEST_STRING)))
                .map(string -> '"' + string.replace("\\", "\\\\").replace("\"", "\\\"") + '"').collect(Collectors.joining(" "));
    }
}
