package org.postel.imap.syntax;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** HEADER.FIELDS and HEADER.FIELDS.NOT: whole fields with their folded lines, then the empty line if there is one (RFC 3501 §6.4.5). */
public final class HeaderFilter {

    private final boolean not;
    private final Set<String> names;

    public HeaderFilter(Section.Kind.Fields fields) {
        not = fields.not();
        names = lower(fields.names());
    }

    private static Set<String> lower(List<String> names) {
        return names.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * The fields that were asked for, and the empty line.
     *
     * @param header as far as it is known
     * @param emptyLine whether one follows what is known; else only that of {@code header} counts, for a message may end with its header
     */
    public byte[] apply(byte[] header, boolean emptyLine) {
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        boolean keeping = false;
        boolean ended = emptyLine;
        int at = 0;
        while (at < header.length) {
            int end = endOfLine(header, at);
            if (empty(header, at, end)) {
                ended = true;
                break;
            }
            if (header[at] != ' ' && header[at] != '\t') {
                keeping = names.contains(name(header, at, end)) != not;
            }
            if (keeping) {
                kept.write(header, at, end - at);
            }
            at = end;
        }
        if (ended) {
            kept.write('\r');
            kept.write('\n');
        }
        return kept.toByteArray();
    }

    private static int endOfLine(byte[] header, int from) {
        int at = from;
        while (at < header.length && header[at] != '\n') {
            at++;
        }
        return Math.min(header.length, at + 1);
    }

    private static boolean empty(byte[] header, int from, int end) {
        return header[from] == '\n' || end - from == 2 && header[from] == '\r';
    }

    private static String name(byte[] header, int from, int end) {
        int colon = from;
        while (colon < end && header[colon] != ':') {
            colon++;
        }
        return new String(header, from, colon - from, StandardCharsets.ISO_8859_1).stripTrailing().toLowerCase(Locale.ROOT);
    }
}
