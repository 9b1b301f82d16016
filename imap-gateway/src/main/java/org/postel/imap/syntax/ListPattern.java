package org.postel.imap.syntax;

/**
 * A name with wildcards (RFC 3501 §6.3.8): {@code *} stands for anything, {@code %} for anything within a level. Matching takes
 * time in the product of the two lengths at worst, whatever the pattern (no backtracking).
 */
public record ListPattern(String text) {

    /** One that matches nothing, for what is not modified UTF-7. */
    private static final ListPattern NONE = new ListPattern("\0");

    /** A longer one has more letters than any name. */
    private static final int LONGEST = 2 * MailboxName.LONGEST + 1;

    public ListPattern {
        text = joined(text);
    }

    private static String joined(String text) {
        StringBuilder pattern = new StringBuilder(text.length());
        for (char letter : text.toCharArray()) {
            char last = pattern.isEmpty() ? 0 : pattern.charAt(pattern.length() - 1);
            if (last == '*' && (letter == '*' || letter == '%')) {
                continue;
            }
            if (last == '%' && letter == '*') {
                pattern.setLength(pattern.length() - 1);
            }
            if (!(last == '%' && letter == '%')) {
                pattern.append(letter);
            }
        }
        return pattern.toString();
    }

    /** The reference name and the pattern, joined as RFC 3501 §6.3.8 leaves to the server: one after the other. */
    public static ListPattern of(byte[] reference, byte[] pattern) {
        return of(reference, pattern, false);
    }

    /**
     * As {@link #of(byte[], byte[])}.
     *
     * @param utf8 whether both are in UTF-8, not in modified UTF-7
     */
    public static ListPattern of(byte[] reference, byte[] pattern, boolean utf8) {
        Cursor names = new Cursor(new byte[0], utf8);
        try {
            String whole = names.name(reference) + names.name(pattern);
            ListPattern joined = new ListPattern(new MailboxName(whole).text());
            return joined.text().length() > LONGEST ? NONE : joined;
        } catch (SyntaxException _) {
            return NONE;
        }
    }

    /** Whether it has no wildcard, and so matches one name at most. */
    public boolean isName() {
        return text.indexOf('*') < 0 && text.indexOf('%') < 0;
    }

    /** Whether {@code name} matches. */
    public boolean matches(String name) {
        // Where in the name the pattern read so far may have got to.
        boolean[] reached = new boolean[name.length() + 1];
        reached[0] = true;
        for (char letter : text.toCharArray()) {
            advance(letter, name, reached);
        }
        return reached[name.length()];
    }

    private static void advance(char letter, String name, boolean[] reached) {
        if (letter == '*' || letter == '%') {
            for (int i = 1; i < reached.length; i++) {
                reached[i] |= reached[i - 1] && (letter == '*' || name.charAt(i - 1) != MailboxName.SEPARATOR);
            }
            return;
        }
        for (int i = reached.length - 1; i > 0; i--) {
            reached[i] = reached[i - 1] && name.charAt(i - 1) == letter;
        }
        reached[0] = false;
    }
}
