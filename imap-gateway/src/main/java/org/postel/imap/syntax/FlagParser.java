package org.postel.imap.syntax;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Flags in APPEND and STORE: {@code flag-list = "(" [flag *(SP flag)] ")"}. */
final class FlagParser {

    private static final int MOST = 100;
    private static final int LONGEST = 128;

    private FlagParser() {
    }

    static List<String> flagList(Cursor cursor) throws SyntaxException {
        Set<String> flags = new LinkedHashSet<>();
        cursor.expect('(');
        if (!cursor.accept(')')) {
            do {
                add(flags, flag(cursor));
            } while (cursor.accept(' '));
            cursor.expect(')');
        }
        return List.copyOf(flags);
    }

    /** {@code store-att-flags}: a list, or the flags without parentheses. */
    static List<String> storeFlags(Cursor cursor) throws SyntaxException {
        if (cursor.peek() == '(') {
            return flagList(cursor);
        }
        Set<String> flags = new LinkedHashSet<>();
        do {
            add(flags, flag(cursor));
        } while (cursor.accept(' '));
        return new ArrayList<>(flags);
    }

    private static void add(Set<String> flags, String flag) throws SyntaxException {
        flags.add(flag);
        if (flags.size() > MOST) {
            throw new SyntaxException("Too many flags");
        }
    }

    /** {@code flag = "\Answered" / ... / flag-keyword}; a {@code flag-extension} "\..." is for the server to invent. */
    private static String flag(Cursor cursor) throws SyntaxException {
        if (cursor.accept('\\')) {
            String written = "\\" + cursor.atom();
            return SystemFlag.storable(written).orElseThrow(() -> new SyntaxException("Invalid system flag"));
        }
        return keyword(cursor);
    }

    /** {@code flag-keyword = atom}. */
    static String keyword(Cursor cursor) throws SyntaxException {
        String keyword = cursor.atom();
        if (keyword.length() > LONGEST) {
            throw new SyntaxException("Keyword too long");
        }
        return keyword;
    }
}
