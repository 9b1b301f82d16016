package org.postel.mail;

import java.nio.charset.StandardCharsets;
import java.util.function.IntPredicate;

/** The character classes of RFC 5321 §4.1.2, extended by UTF8-non-ascii as RFC 6531 §3.3 says. */
final class AddressCharacters {

    private static final String ATEXT_SPECIALS = "!#$%&'*+-/=?^_`{|}~";

    private AddressCharacters() {
    }

    // atext = ALPHA / DIGIT / "!" / "#" / ... / "~" ; RFC 5322 §3.2.3 =/ UTF8-non-ascii
    static boolean isAtext(int c) {
        return isLetterOrDigit(c) || ATEXT_SPECIALS.indexOf(c) >= 0 || isInternational(c);
    }

    // qtextSMTP = %d32-33 / %d35-91 / %d93-126 =/ UTF8-non-ascii
    static boolean isQtext(int c) {
        return isQuotable(c) && c != '"' && c != '\\' || isInternational(c);
    }

    // quoted-pairSMTP = %d92 %d32-126
    static boolean isQuotable(int c) {
        return c >= 32 && c <= 126;
    }

    // Let-dig = ALPHA / DIGIT
    static boolean isLetterOrDigit(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }

    // Ldh-str = *( ALPHA / DIGIT / "-" ) Let-dig =/ a character of a U-label
    static boolean isLabelCharacter(int c) {
        return isLetterOrDigit(c) || c == '-' || isInternational(c);
    }

    /**
     * A character outside ASCII that an address may carry. Controls, separators, surrogates and unassigned code points are
     * out. So is all of category Cf: it holds the bidi controls, the zero-width characters and the tags, with which an
     * address shows as another one.
     */
    static boolean isInternational(int c) {
        if (c < 0x80) {
            return false;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED, Character.PRIVATE_USE,
                 Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SPACE_SEPARATOR -> false;
            default -> true;
        };
    }

    /** Limits count octets on the wire, not characters. */
    static int octets(String text) {
        return isAscii(text) ? text.length() : text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** Whether each character of a text is of a class. */
    static boolean all(String text, IntPredicate characters) {
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            if (!characters.test(text.codePointAt(i))) {
                return false;
            }
        }
        return true;
    }

    static boolean isAscii(String text) {
        return all(text, c -> c < 0x80);
    }
}
