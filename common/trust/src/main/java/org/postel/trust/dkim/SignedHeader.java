package org.postel.trust.dkim;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.postel.trust.message.Field;

/** The octets of a header that a signature is over: RFC 6376 §3.7. */
public final class SignedHeader {

    // The value of b=, with the white space around it, is not there.
    private static final Pattern VALUE = Pattern.compile("((?:^|;)[ \\t\\r\\n]*b[ \\t\\r\\n]*=)[^;]*");

    private final Map<String, Deque<Field>> byName = new HashMap<>();

    /** @param signature the signature's own field: it is no other's, and comes last */
    private SignedHeader(List<Field> header, Field signature) {
        for (Field field : header) {
            if (field != signature) {
                byName.computeIfAbsent(field.name(), ignored -> new ArrayDeque<>()).push(field);
            }
        }
    }

    /** Of fields with one name the lowest is taken first, and one that is not there is nothing: RFC 6376 §5.4.2. */
    static byte[] octets(List<Field> header, Field signature, List<String> names, Canonicalization canonicalization) {
        SignedHeader from = new SignedHeader(header, signature);
        StringBuilder text = new StringBuilder();
        for (String name : names) {
            Deque<Field> left = from.byName.getOrDefault(name, new ArrayDeque<>());
            if (!left.isEmpty()) {
                text.append(canonicalization.header(left.pop()));
            }
        }
        text.append(canonicalization.header(withoutValue(signature)));
        if (text.lastIndexOf("\r\n") == text.length() - 2) {
            text.setLength(text.length() - 2);
        }
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** A signature as it is signed itself: with nothing behind b=. */
    public static Field withoutValue(Field signature) {
        int body = signature.raw().length() - signature.body().length();
        return new Field(signature.name(), signature.raw().substring(0, body) + VALUE.matcher(signature.body()).replaceFirst("$1"));
    }
}
