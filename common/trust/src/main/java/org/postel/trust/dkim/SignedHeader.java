package org.postel.trust.dkim;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.postel.trust.message.Field;

/** A header from which signatures take the octets that they are over (RFC 6376 §3.7): each field is canonicalized once for all of them. */
public final class SignedHeader {

    private final Map<String, List<Line>> byName = new HashMap<>();

    SignedHeader(List<Field> header) {
        for (Field field : header) {
            byName.computeIfAbsent(field.name(), ignored -> new ArrayList<>()).add(new Line(field));
        }
    }

    /** A field with its canonical forms, as far as somebody asked. */
    private static final class Line {

        private final Field field;
        private final Map<Canonicalization, String> forms = new EnumMap<>(Canonicalization.class);

        Line(Field field) {
            this.field = field;
        }

        String form(Canonicalization canonicalization) {
            return forms.computeIfAbsent(canonicalization, form -> form.header(field));
        }
    }

    /**
     * Of fields with one name the lowest is taken first, and one that is not there is nothing: RFC 6376 §5.4.2.
     *
     * @param signature the signature's own field: it takes itself nowhere else than at the end
     * @param names in lower case
     */
    byte[] octets(Field signature, List<String> names, Canonicalization canonicalization) {
        StringBuilder text = new StringBuilder(1024);
        Map<String, Integer> left = new HashMap<>();
        for (String name : names) {
            List<Line> lines = byName.getOrDefault(name, List.of());
            int next = left.getOrDefault(name, lines.size()) - 1;
            if (next >= 0 && lines.get(next).field == signature) {
                next--;
            }
            if (next >= 0) {
                text.append(lines.get(next).form(canonicalization));
            }
            left.put(name, Math.max(next, 0));
        }
        text.append(canonicalization.header(withoutValue(signature)));
        if (text.lastIndexOf("\r\n") == text.length() - 2) {
            text.setLength(text.length() - 2);
        }
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** A signature as it is signed itself: with nothing behind b=, and no white space either. */
    public static Field withoutValue(Field signature) {
        String raw = signature.raw();
        int begin = raw.indexOf(':') + 1;
        while (begin < raw.length()) {
            int semicolon = raw.indexOf(';', begin);
            int end = semicolon < 0 ? raw.length() : semicolon;
            int equals = raw.indexOf('=', begin);
            if (equals >= 0 && equals < end && raw.substring(begin, equals).strip().equals("b")) {
                return new Field(signature.name(), raw.substring(0, equals + 1) + raw.substring(end));
            }
            begin = end + 1;
        }
        return signature;
    }
}
