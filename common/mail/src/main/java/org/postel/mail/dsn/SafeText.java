package org.postel.mail.dsn;

/** Makes text of peers fit for a header field or a line of text (CVE-2024-21742 is what happens without). */
final class SafeText {

    private static final int FOLD_AT = 76;
    private static final int LONGEST_WORD = 300;

    private SafeText() {
    }

    /**
     * One line: control characters, line and paragraph separators and bidirectional controls become blanks, runs of blanks
     * one blank; at most {@code limit} characters.
     */
    static String line(String text, int limit) {
        StringBuilder clean = new StringBuilder();
        text.codePoints().limit(4L * limit).map(SafeText::visible).forEach(codePoint -> {
            boolean doubled = codePoint == ' ' && (clean.isEmpty() || clean.charAt(clean.length() - 1) == ' ');
            if (!doubled && clean.length() < limit) {
                clean.appendCodePoint(codePoint);
            }
        });
        return clean.toString().stripTrailing();
    }

    /** {@link #line} with {@code ?} for what is not ASCII. */
    static String ascii(String text, int limit) {
        return line(text, limit).replaceAll("[^\\x20-\\x7e]", "?");
    }

    static boolean isAscii(String text) {
        return text.chars().allMatch(unit -> unit < 0x80);
    }

    /** Breaks a clean line at blanks, so that no line is much longer than 76; each but the first begins with {@code indent}. */
    static String wrap(String clean, String indent) {
        StringBuilder wrapped = new StringBuilder();
        int column = 0;
        for (String word : clean.replaceAll("(\\S{" + LONGEST_WORD + "})(?=\\S)", "$1 ").split(" ")) {
            if (column > 0 && column + 1 + word.length() > FOLD_AT) {
                wrapped.append("\r\n").append(indent);
                column = indent.length();
            } else if (column > 0) {
                wrapped.append(' ');
                column++;
            }
            wrapped.append(word);
            column += word.length();
        }
        return wrapped.toString();
    }

    /** A header field of clean text, folded, with its CRLF. */
    static String field(String name, String clean) {
        return wrap(name + ": " + clean, " ") + "\r\n";
    }

    private static int visible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR -> ' ';
            default -> codePoint;
        };
    }
}
