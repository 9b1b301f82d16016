package org.postel.trust.dkim;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import org.postel.trust.dns.Dns;
import org.postel.trust.message.Field;

/** Verifies each signature of a message as if there was no other: a receiver leaves out what only says again what it knows. */
public final class EachSignature {

    private static final String EMPTY_LINE = "\r\n\r\n";

    private EachSignature() {
    }

    /**
     * A result for each, from the top.
     *
     * @param message whose lines end in CRLF
     */
    public static List<DkimResult> of(byte[] message, Dns dns, Clock clock) {
        int found = new String(message, StandardCharsets.ISO_8859_1).indexOf(EMPTY_LINE);
        int body = found < 0 ? message.length : found + EMPTY_LINE.length();
        List<Field> header = Field.list(Arrays.copyOf(message, found < 0 ? body : found + 2));
        return header.stream().filter(EachSignature::signature).map(one -> {
            List<Field> alone = header.stream().filter(field -> field == one || !signature(field)).toList();
            DkimVerification verification = new DkimVerifier(clock).open(alone, dns);
            verification.body(message, body, message.length - body);
            return verification.results().getFirst();
        }).toList();
    }

    private static boolean signature(Field field) {
        return field.name().equals("dkim-signature");
    }
}
