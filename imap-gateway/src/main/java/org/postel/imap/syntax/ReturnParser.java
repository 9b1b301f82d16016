package org.postel.imap.syntax;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Reads {@link ReturnOptions}, where a command has them. */
final class ReturnParser {

    private final Cursor cursor;
    private final Set<ReturnOptions.Option> options = EnumSet.noneOf(ReturnOptions.Option.class);
    private Optional<Page> partial = Optional.empty();

    private ReturnParser(Cursor cursor) {
        this.cursor = cursor;
    }

    /** {@code search-return-opts = SP "RETURN" SP "(" [search-return-opt *(SP search-return-opt)] ")"} (RFC 4731 §4); the SP before is read. */
    static Optional<ReturnOptions> options(Cursor cursor) throws SyntaxException {
        if (!cursor.acceptWord("RETURN (")) {
            return Optional.empty();
        }
        ReturnOptions options = new ReturnParser(cursor).options();
        cursor.sp();
        return Optional.of(options);
    }

    private ReturnOptions options() throws SyntaxException {
        if (!cursor.accept(')')) {
            do {
                option(cursor.keyword());
            } while (cursor.accept(' '));
            cursor.expect(')');
        }
        if (options.isEmpty() && partial.isEmpty()) {
            // RFC 4731 §3.1: nothing asked for is all.
            options.add(ReturnOptions.Option.ALL);
        }
        if (partial.isPresent() && options.contains(ReturnOptions.Option.ALL)) {
            // RFC 9394 §3.1.
            throw new SyntaxException("ALL and PARTIAL exclude each other");
        }
        return new ReturnOptions(options, partial);
    }

    private void option(String name) throws SyntaxException {
        switch (name) {
            case "MIN" -> options.add(ReturnOptions.Option.MIN);
            case "MAX" -> options.add(ReturnOptions.Option.MAX);
            case "ALL" -> options.add(ReturnOptions.Option.ALL);
            case "COUNT" -> options.add(ReturnOptions.Option.COUNT);
            case "SAVE" -> options.add(ReturnOptions.Option.SAVE);
            case "CONTEXT" -> options.add(ReturnOptions.Option.CONTEXT);
            case "UPDATE" -> options.add(ReturnOptions.Option.UPDATE);
            case "PARTIAL" -> {
                cursor.sp();
                if (partial.isPresent()) {
                    throw new SyntaxException("One page at a time");
                }
                partial = Optional.of(Page.parse(cursor));
            }
            default -> throw new SyntaxException("Unknown return option");
        }
    }
}
