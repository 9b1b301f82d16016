package org.postel.mail.mime;

import java.text.Normalizer;

/**
 * Makes texts comparable without case and decoration as i;unicode-casemap does (RFC 5051 §2): each code point is turned to
 * title case, then decomposed for itself, so that it works on a stream.
 */
final class CaseFold {

    /** What one UTF-16 unit folds to, when that is one unit; else {@link #LONGER}. */
    private static final char[] SINGLE = singles();
    private static final char LONGER = 0xffff;

    private CaseFold() {
    }

    /** Appends the folded form of a code point. */
    static void fold(int codePoint, StringBuilder into) {
        if (codePoint < SINGLE.length && SINGLE[codePoint] != LONGER) {
            into.append(SINGLE[codePoint]);
        } else {
            into.append(decomposed(codePoint));
        }
    }

    /** The folded form of a text. */
    static String fold(String text) {
        StringBuilder folded = new StringBuilder(text.length());
        text.codePoints().forEach(codePoint -> fold(codePoint, folded));
        return folded.toString();
    }

    private static String decomposed(int codePoint) {
        return Normalizer.normalize(Character.toString(Character.toTitleCase(codePoint)), Normalizer.Form.NFKD);
    }

    private static char[] singles() {
        char[] table = new char[0x10000];
        for (char unit = 0; unit < LONGER; unit++) {
            String folded = Character.isSurrogate(unit) ? Character.toString(unit) : decomposed(unit);
            table[unit] = folded.length() == 1 ? folded.charAt(0) : LONGER;
        }
        table[LONGER] = LONGER;
        return table;
    }
}
