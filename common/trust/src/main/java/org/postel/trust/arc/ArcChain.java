package org.postel.trust.arc;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postel.trust.dkim.Canonicalization;
import org.postel.trust.dkim.SignedHeader;
import org.postel.trust.message.Field;
import org.postel.trust.message.TagList;

/** The links that a header has, in their order, without gaps: RFC 8617 §5.2, step 3. */
final class ArcChain {

    /** RFC 8617 §4.2.1. */
    static final int MOST = 50;

    private static final String RESULTS = "arc-authentication-results";
    private static final String MESSAGE = "arc-message-signature";
    private static final String SEAL = "arc-seal";
    // arc-info = instance [CFWS] ";" authserv-id ..., RFC 8617 §4.1.1
    private static final Pattern RESULTS_INSTANCE = Pattern.compile("[ \\t\\r\\n]*i[ \\t\\r\\n]*=[ \\t\\r\\n]*(\\d{1,2})[ \\t\\r\\n]*;(?s:.*)");

    private final List<ArcSet> sets;
    // The canonical form of each link: made once, for each seal is over all links before it too.
    private final List<String> canonical;

    private ArcChain(List<ArcSet> sets) {
        this.sets = List.copyOf(sets);
        this.canonical = sets.stream().map(set -> relaxed(set.results()) + relaxed(set.messageSignature()) + relaxed(set.seal())).toList();
    }

    /** It is no chain; the message says why. */
    static final class BrokenException extends Exception {

        private static final long serialVersionUID = 1;

        BrokenException(String message) {
            super(message);
        }
    }

    /** Whether a header has fields of a chain at all. */
    static boolean any(List<Field> header) {
        return header.stream().anyMatch(field -> kind(field) >= 0);
    }

    static ArcChain of(List<Field> header) throws BrokenException {
        Map<Integer, Field[]> found = new TreeMap<>();
        for (Field field : header) {
            int kind = kind(field);
            if (kind >= 0) {
                Field[] set = found.computeIfAbsent(instance(field), ignored -> new Field[3]);
                if (set[kind] != null) {
                    throw new BrokenException("a field twice");
                }
                set[kind] = field;
            }
        }
        List<ArcSet> sets = new ArrayList<>();
        for (Map.Entry<Integer, Field[]> each : found.entrySet()) {
            sets.add(set(sets.size() + 1, each.getKey(), each.getValue()));
        }
        return new ArcChain(sets);
    }

    List<ArcSet> sets() {
        return sets;
    }

    ArcSet newest() {
        return sets.getLast();
    }

    /** What a seal is over, RFC 8617 §5.1.1: all links up to its own, and itself without a value. */
    byte[] sealed(int instance) {
        ArcSet own = sets.get(instance - 1);
        return sealed(canonical.subList(0, instance - 1), own.results(), own.messageSignature(), own.seal());
    }

    /** What the next seal is over. */
    byte[] sealedNext(Field results, Field messageSignature, Field seal) {
        return sealed(canonical, results, messageSignature, seal);
    }

    private static byte[] sealed(List<String> before, Field results, Field messageSignature, Field seal) {
        String unsigned = relaxed(SignedHeader.withoutValue(seal)).replaceFirst("\\r\\n$", "");
        return (String.join("", before) + relaxed(results) + relaxed(messageSignature) + unsigned).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String relaxed(Field field) {
        return Canonicalization.RELAXED.header(field);
    }

    private static ArcSet set(int expected, int instance, Field[] fields) throws BrokenException {
        if (instance != expected || fields[0] == null || fields[1] == null || fields[2] == null) {
            throw new BrokenException("a field is missing");
        }
        TagList seal = tags(fields[2]);
        // RFC 8617 §4.1.3: a seal is over what the RFC says, and over nothing else.
        if (seal.get("h").isPresent()) {
            throw new BrokenException("a seal has h=");
        }
        return new ArcSet(instance, fields[0], fields[1], fields[2], seal);
    }

    private static int kind(Field field) {
        return List.of(RESULTS, MESSAGE, SEAL).indexOf(field.name());
    }

    private static int instance(Field field) throws BrokenException {
        String digits = "";
        if (field.name().equals(RESULTS)) {
            Matcher matcher = RESULTS_INSTANCE.matcher(field.body());
            digits = matcher.matches() ? matcher.group(1) : "";
        } else {
            digits = tags(field).compact("i").orElse("");
        }
        if (!digits.matches("[1-9]\\d?") || Integer.parseInt(digits) > MOST) {
            throw new BrokenException("i= is no number from 1 to " + MOST);
        }
        return Integer.parseInt(digits);
    }

    private static TagList tags(Field field) throws BrokenException {
        return TagList.parse(field.body()).orElseThrow(() -> new BrokenException("no list of tags"));
    }
}
