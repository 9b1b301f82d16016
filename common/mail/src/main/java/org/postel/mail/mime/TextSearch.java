package org.postel.mail.mime;

import java.io.IOException;
import java.io.Reader;

/**
 * Looks for one text in others of any length, in one pass (Knuth, Morris and Pratt), without regard to case (RFC 9051
 * §6.4.4). Immutable; any thread may use it.
 */
public final class TextSearch {

    private static final int PIECE = 8192;

    private final char[] wanted;
    private final int[] fallback;

    /** Looks for {@code text}; the empty text is everywhere. */
    public TextSearch(String text) {
        this.wanted = CaseFold.fold(text).toCharArray();
        this.fallback = fallback(wanted);
    }

    /** Whether it is in {@code text}. */
    public boolean isIn(String text) {
        StringBuilder folded = new StringBuilder(text.length());
        text.codePoints().forEach(codePoint -> CaseFold.fold(codePoint, folded));
        return advance(0, folded) == wanted.length;
    }

    /** Whether it is in what {@code text} gives; reads no further than that. */
    public boolean isIn(Reader text) throws IOException {
        char[] piece = new char[PIECE];
        StringBuilder folded = new StringBuilder(PIECE);
        int found = 0;
        int carried = 0;
        int count;
        while (found < wanted.length && (count = text.read(piece, carried, PIECE - carried)) >= 0) {
            int end = carried + count;
            carried = end > 0 && Character.isHighSurrogate(piece[end - 1]) ? 1 : 0;
            folded.setLength(0);
            foldAll(piece, end - carried, folded);
            found = advance(found, folded);
            piece[0] = piece[Math.max(0, end - 1)];
        }
        return found == wanted.length;
    }

    private static void foldAll(char[] piece, int end, StringBuilder into) {
        int at = 0;
        while (at < end) {
            int codePoint = Character.codePointAt(piece, at, end);
            CaseFold.fold(codePoint, into);
            at += Character.charCount(codePoint);
        }
    }

    /** How much of the wanted text has been found at the end of {@code text}, or all of it when it was found on the way. */
    private int advance(int found, CharSequence text) {
        int matched = found;
        for (int i = 0; i < text.length() && matched < wanted.length; i++) {
            while (matched > 0 && wanted[matched] != text.charAt(i)) {
                matched = fallback[matched - 1];
            }
            matched += wanted[matched] == text.charAt(i) ? 1 : 0;
        }
        return matched;
    }

    private static int[] fallback(char[] text) {
        int[] longest = new int[text.length];
        int matched = 0;
        for (int i = 1; i < text.length; i++) {
            while (matched > 0 && text[matched] != text[i]) {
                matched = longest[matched - 1];
            }
            matched += text[matched] == text[i] ? 1 : 0;
            longest[i] = matched;
        }
        return longest;
    }
}
