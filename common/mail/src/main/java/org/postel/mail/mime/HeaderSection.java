package org.postel.mail.mime;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;

/** A header section (RFC 5322 §2.2) as its raw fields in order. A line without a colon is given as a field without a name. */
public final class HeaderSection implements Iterable<RawField> {

    private final byte[] octets;
    private final int end;

    /** Reads the section that begins at the start of {@code octets}, up to its empty line or the end of the array. */
    public HeaderSection(byte[] octets) {
        this(octets, octets.length);
    }

    HeaderSection(byte[] octets, int end) {
        this.octets = octets;
        this.end = end;
    }

    /** Octets there are, the empty line included. */
    int size() {
        return end;
    }

    /** Whether its empty line is there: nothing that could follow belongs to it. */
    public boolean isWhole() {
        int at = 0;
        while (at < end && !isEmptyLine(at)) {
            at = behindLine(at);
        }
        return at < end;
    }

    /** The first field of this name, compared without case. */
    public Optional<RawField> first(String name) {
        for (RawField field : this) {
            if (field.name().equalsIgnoreCase(name)) {
                return Optional.of(field);
            }
        }
        return Optional.empty();
    }

    @Override
    public Iterator<RawField> iterator() {
        return new Fields();
    }

    private int behindLine(int from) {
        int i = from;
        while (i < end && octets[i] != '\n') {
            i++;
        }
        return Math.min(i + 1, end);
    }

    private boolean isEmptyLine(int from) {
        return octets[from] == '\n' || octets[from] == '\r' && from + 1 < end && octets[from + 1] == '\n';
    }

    private final class Fields implements Iterator<RawField> {

        private int at;

        @Override
        public boolean hasNext() {
            return at < end && !isEmptyLine(at);
        }

        @Override
        public RawField next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            int start = at;
            int colon = start;
            do {
                at = behindLine(at);
            } while (at < end && RawField.isBlank(octets[at]));
            while (colon < at && octets[colon] != ':' && octets[colon] != '\n') {
                colon++;
            }
            return new RawField(octets, start, colon < at && octets[colon] == ':' ? colon : start, at);
        }
    }
}
