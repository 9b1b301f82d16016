package org.postel.mail.mime;

import java.util.stream.Collectors;

/** Makes one line of a text. */
final class PreviewText {

    private PreviewText() {
    }

    /** Without the lines that repeat the mail it answers. */
    static String withoutQuotes(String text) {
        return text.lines().filter(line -> !line.startsWith(">")).collect(Collectors.joining(" "));
    }

    /** Blanks become one, what shows nothing or turns the direction of others goes; cut to so many characters. */
    static String oneLine(String text, int most) {
        StringBuilder line = new StringBuilder();
        int characters = 0;
        for (int at = 0; at < text.length() && characters < most;) {
            int character = text.codePointAt(at);
            at += Character.charCount(character);
            if (Character.isWhitespace(character) || Character.isSpaceChar(character) || Character.getType(character) == Character.CONTROL) {
                if (!line.isEmpty() && line.charAt(line.length() - 1) != ' ') {
                    line.append(' ');
                    characters++;
                }
            } else if (visible(character)) {
                line.appendCodePoint(character);
                characters++;
            }
        }
        return line.toString().stripTrailing();
    }

    private static boolean visible(int character) {
        return switch (Character.getType(character)) {
            case Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED, Character.PRIVATE_USE -> false;
            default -> true;
        };
    }
}
