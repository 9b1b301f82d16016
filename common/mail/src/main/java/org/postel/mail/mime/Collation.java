package org.postel.mail.mime;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The order of texts under i;unicode-casemap (RFC 5051 §2): what they fold to, in UTF-8, octet by octet. */
public final class Collation {

    private Collation() {
    }

    /** What texts that are the same in this order have in common. */
    public static String folded(String text) {
        return CaseFold.fold(text);
    }

    /**
     * Octets that order as their texts do, compared unsigned.
     *
     * @param most octets: texts that do not differ within are not told apart
     */
    public static byte[] key(String text, int most) {
        // A character takes an octet at least.
        String enough = text.length() <= most ? text : text.substring(0, most);
        byte[] octets = CaseFold.fold(enough).getBytes(StandardCharsets.UTF_8);
        return octets.length <= most ? octets : Arrays.copyOf(octets, most);
    }
}
