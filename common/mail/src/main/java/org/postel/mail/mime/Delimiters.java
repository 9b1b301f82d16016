package org.postel.mail.mime;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The boundaries of the multiparts that are open, to look a line up in all of them at once (RFC 2046 §5.1.1).
 *
 * <p>{@code delimiter := "--" boundary}, {@code close-delimiter := delimiter "--"}, then white space only. RFC 2046 would let
 * any text follow a boundary; then {@code --ab} would also end at {@code --a}, and real messages nest such boundaries.
 */
final class Delimiters {

    /** The longest line that is looked at; RFC 2046 allows boundaries of 70. */
    static final int LONGEST_LINE = 512;

    private static final int LONGEST_BOUNDARY = 250;

    private final Map<String, Deque<OpenPart>> open = new HashMap<>();

    /** A line that delimits the parts of {@code multipart}, or closes it. */
    record Match(OpenPart multipart, boolean closes) {
    }

    /** The boundary of this type, when it is one that can be looked for. */
    static Optional<String> boundary(ContentType type) {
        return type.parameter("boundary").map(Octets::toString).map(String::stripTrailing)
                .filter(boundary -> !boundary.isEmpty() && boundary.length() <= LONGEST_BOUNDARY);
    }

    void add(String boundary, OpenPart multipart) {
        open.computeIfAbsent(boundary, absent -> new ArrayDeque<>()).push(multipart);
    }

    /** Forgets the innermost multipart with this boundary. */
    void remove(String boundary) {
        Deque<OpenPart> same = open.get(boundary);
        same.pop();
        if (same.isEmpty()) {
            open.remove(boundary);
        }
    }

    /** What a line says: the innermost multipart that it can belong to. */
    Optional<Match> match(byte[] line, int length) {
        if (open.isEmpty() || length < 3 || length >= LONGEST_LINE || line[0] != '-' || line[1] != '-') {
            return Optional.empty();
        }
        int end = length;
        while (end > 2 && isTrailing(line[end - 1])) {
            end--;
        }
        Optional<OpenPart> delimited = innermost(line, end);
        boolean dashes = end > 4 && line[end - 1] == '-' && line[end - 2] == '-';
        Optional<OpenPart> closed = dashes ? innermost(line, end - 2) : Optional.empty();
        if (closed.isPresent() && delimited.map(OpenPart::level).orElse(0) < closed.get().level()) {
            return Optional.of(new Match(closed.get(), true));
        }
        return delimited.map(multipart -> new Match(multipart, false));
    }

    private Optional<OpenPart> innermost(byte[] line, int end) {
        Deque<OpenPart> same = open.get(Octets.of(line, 2, end).toString());
        return same == null ? Optional.empty() : Optional.of(same.peek());
    }

    private static boolean isTrailing(byte octet) {
        return octet == ' ' || octet == '\t' || octet == '\r' || octet == '\n';
    }
}
