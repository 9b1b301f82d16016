package org.postel.mail.rule;

import org.postel.mail.mime.Collation;

/**
 * Compares texts for one message, and counts: what would take too long is given up (SAFETY row 33). A pattern with many {@code *} costs the
 * product of its length and the text's at worst.
 */
final class Comparison {

    private static final char ANYTHING = '\uffff';
    private static final char ONE = '\ufffe';

    private long steps;

    /** @param steps characters that may be compared */
    Comparison(long steps) {
        this.steps = steps;
    }

    /** The message costs too much. */
    static final class TooLongException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private TooLongException() {
            super(null, null, false, false);
        }
    }

    /** A value as it is compared with texts that are folded already. The two characters of its own are none that a text has. */
    static String pattern(Match match, String value) {
        return switch (match) {
            case IS -> literal(value);
            case CONTAINS -> ANYTHING + literal(value) + ANYTHING;
            case MATCHES -> wildcards(value);
        };
    }

    private static String literal(String text) {
        return Collation.folded(text).replace(ANYTHING, '\ufffd').replace(ONE, '\ufffd');
    }

    private static String wildcards(String value) {
        StringBuilder pattern = new StringBuilder();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char letter = value.charAt(i);
            if (letter == '*' || letter == '?') {
                pattern.append(literal(text.toString())).append(letter == '*' ? ANYTHING : ONE);
                text.setLength(0);
            } else {
                text.append(letter == '\\' && i + 1 < value.length() ? value.charAt(++i) : letter);
            }
        }
        return pattern.append(literal(text.toString())).toString();
    }

    /** Whether the whole of a folded text fits a pattern. Behind a {@code *} the shortest that fits is taken: nothing shorter is tried again. */
    boolean fits(String text, String pattern) {
        int at = 0;
        int in = 0;
        int star = -1;
        int retry = 0;
        while (at < text.length()) {
            if (--steps < 0) {
                throw new TooLongException();
            }
            char wanted = in < pattern.length() ? pattern.charAt(in) : '\0';
            if (wanted == ANYTHING) {
                star = in++;
                retry = at;
            } else if (in < pattern.length() && (wanted == ONE || wanted == text.charAt(at))) {
                in++;
                at++;
            } else if (star >= 0) {
                in = star + 1;
                at = ++retry;
            } else {
                return false;
            }
        }
        while (in < pattern.length() && pattern.charAt(in) == ANYTHING) {
            in++;
        }
        return in == pattern.length();
    }
}
