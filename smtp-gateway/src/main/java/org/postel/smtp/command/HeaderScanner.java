package org.postel.smtp.command;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.postel.smtp.syntax.ContentSink;

/**
 * Watches content pass by, notes what its header has, leaves fields out, and puts missing ones before the empty line that ends
 * it; the rest goes on octet for octet. Works in any pieces; holds one line, and of that at most {@link #MOST_OF_A_LINE} octets.
 */
final class HeaderScanner implements ContentSink {

    static final int MOST_OF_A_LINE = 8192;
    // A hostile header repeats a field a million times: these many values are enough to refuse it.
    private static final int MOST_VALUES = 4;
    private static final Set<String> KEPT = Set.of("from", "sender", "message-id");
    private static final Set<String> COUNTED = Set.of("received", "date", "reply-to", "to", "cc", "in-reply-to", "references", "subject");

    private final ContentSink out;
    private final int limit;
    private final Set<String> removed;
    private final Function<Header, List<String>> missing;
    private final Header header = new Header();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    private final StringBuilder field = new StringBuilder();
    private boolean lineHandedOn;
    // The line that is handed on belongs to a field that is left out: all lines of it are.
    private boolean leftOut;
    // Not all of the field is known: counted in octets, for a line is cut by octets.
    private boolean fieldCut;
    private int octets;
    private boolean over;

    /**
     * @param limit   most octets of the header
     * @param removed names of fields that are left out, in lower case
     * @param missing asked once, at its end: the lines to add
     */
    HeaderScanner(ContentSink out, int limit, Set<String> removed, Function<Header, List<String>> missing) {
        this.out = out;
        this.limit = limit;
        this.removed = removed;
        this.missing = missing;
    }

    Header header() {
        return header;
    }

    @Override
    public void accept(byte[] from, int offset, int length) {
        int position = offset;
        int end = offset + length;
        while (position < end && !over) {
            position += take(from, position, end);
        }
        if (position < end) {
            out.accept(from, position, end - position);
        }
    }

    /** There is no more content: a header without a body ends here. */
    void end() {
        if (!over) {
            finishLine();
            if (!over) {
                finishHeader();
            }
        }
    }

    /** Takes one line, or as much of it as has come or may be held. */
    private int take(byte[] from, int begin, int end) {
        int most = Math.min(end - begin, MOST_OF_A_LINE - line.size());
        int count = 1;
        while (count < most && from[begin + count - 1] != '\n') {
            count++;
        }
        line.write(from, begin, count);
        octets += count;
        if (octets > limit) {
            header.setTooLarge();
            handOn();
            over = true;
        } else if (from[begin + count - 1] == '\n') {
            finishLine();
        } else if (line.size() == MOST_OF_A_LINE) {
            if (!lineHandedOn) {
                note();
                fieldCut = true;
            }
            handOn();
        }
        return count;
    }

    private void finishLine() {
        if (!lineHandedOn && line.size() == 2 && line.toByteArray()[0] == '\r') {
            finishHeader();
            return;
        }
        if (!lineHandedOn) {
            note();
        }
        handOn();
        lineHandedOn = false;
    }

    private void finishHeader() {
        finishField();
        for (String added : missing.apply(header)) {
            field.append(added);
            finishField();
            byte[] written = (added + "\r\n").getBytes(StandardCharsets.UTF_8);
            out.accept(written, 0, written.length);
        }
        handOn();
        over = true;
    }

    private void handOn() {
        byte[] held = line.toByteArray();
        line.reset();
        if (!lineHandedOn && held.length > 0 && !isBlank(held[0])) {
            leftOut = removed.contains(name(new String(held, StandardCharsets.UTF_8)));
        }
        if (!leftOut) {
            out.accept(held, 0, held.length);
        }
        lineHandedOn = true;
    }

    private static boolean isBlank(int octet) {
        return octet == ' ' || octet == '\t';
    }

    // RFC 5322 §4.5: white space before the colon is obsolete, and still read by most.
    private static String name(String field) {
        int colon = field.indexOf(':');
        return colon < 0 ? "" : field.substring(0, colon).stripTrailing().toLowerCase(Locale.ROOT);
    }

    // field = field-name ":" unstructured CRLF, continued by lines that begin with white space: RFC 5322 §2.2
    private void note() {
        String text = line.toString(StandardCharsets.UTF_8);
        if (text.isEmpty()) {
            return;
        }
        if (isBlank(text.charAt(0))) {
            if (field.isEmpty()) {
                header.setMalformed();
            }
        } else {
            finishField();
        }
        if (field.length() < MOST_OF_A_LINE) {
            field.append(text);
        }
    }

    private void finishField() {
        String text = field.toString();
        boolean cut = fieldCut || text.length() >= MOST_OF_A_LINE;
        field.setLength(0);
        fieldCut = false;
        if (text.isEmpty()) {
            return;
        }
        String name = name(text);
        if (name.isEmpty() || name.chars().anyMatch(c -> c <= ' ' || c >= 0x7f)) {
            header.setMalformed();
            return;
        }
        if (KEPT.contains(name)) {
            if (cut) {
                header.setMalformed();
            }
            keep(name, text.substring(text.indexOf(':') + 1));
        } else if (COUNTED.contains(name)) {
            header.add(name);
        }
    }

    private void keep(String name, String value) {
        if (header.count(name) < MOST_VALUES) {
            header.add(name, value.replaceAll("[\\r\\n]", "").strip());
        } else {
            header.add(name);
        }
    }
}
