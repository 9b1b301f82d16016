package org.postel.imap.syntax;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** {@code list = "LIST" [SP list-select-opts] SP mailbox SP mbox-or-pat [SP list-return-opts]} (RFC 5258 §6). */
final class ListParser {

    private static final int MOST_PATTERNS = 100;
    /** Of several together: each name is held against all of them (SAFETY row 33). */
    private static final int MOST_OCTETS = 4096;

    private final Cursor cursor;
    private final Set<ListOptions.Selection> selected = EnumSet.noneOf(ListOptions.Selection.class);
    private final Set<ListOptions.Return> returned = EnumSet.noneOf(ListOptions.Return.class);
    private Set<StatusItem> status = Set.of();
    private List<String> metadata = List.of();
    private boolean extended;

    ListParser(Cursor cursor) {
        this.cursor = cursor;
    }

    ImapCommand.List list() throws SyntaxException {
        cursor.sp();
        if (cursor.peek() == '(') {
            options(this::selection);
            checkSelections();
            cursor.sp();
        }
        byte[] reference = cursor.astring();
        cursor.sp();
        List<byte[]> patterns = patterns();
        if (cursor.accept(' ')) {
            if (!cursor.acceptWord("RETURN ")) {
                throw new SyntaxException("Expected RETURN");
            }
            options(this::returned);
        }
        return new ImapCommand.List(new ListOptions(extended, selected, returned, status, metadata), reference, patterns);
    }

    /** {@code "(" [option *(SP option)] ")"}. */
    private void options(Option option) throws SyntaxException {
        extended = true;
        cursor.expect('(');
        if (cursor.accept(')')) {
            return;
        }
        do {
            option.read(cursor.keyword());
        } while (cursor.accept(' '));
        cursor.expect(')');
    }

    @FunctionalInterface
    private interface Option {
        void read(String name) throws SyntaxException;
    }

    private void selection(String name) throws SyntaxException {
        selected.add(switch (name) {
            case "SUBSCRIBED" -> ListOptions.Selection.SUBSCRIBED;
            case "REMOTE" -> ListOptions.Selection.REMOTE;
            case "RECURSIVEMATCH" -> ListOptions.Selection.RECURSIVEMATCH;
            case "SPECIAL-USE" -> ListOptions.Selection.SPECIAL_USE;
            default -> throw new SyntaxException("Unknown selection option");
        });
    }

    /** RFC 5258 §3.1: RECURSIVEMATCH is about other options, and REMOTE is none of those. */
    private void checkSelections() throws SyntaxException {
        boolean alone = !selected.contains(ListOptions.Selection.SUBSCRIBED) && !selected.contains(ListOptions.Selection.SPECIAL_USE);
        if (selected.contains(ListOptions.Selection.RECURSIVEMATCH) && alone) {
            throw new SyntaxException("RECURSIVEMATCH needs another option");
        }
    }

    private void returned(String name) throws SyntaxException {
        switch (name) {
            case "SUBSCRIBED" -> returned.add(ListOptions.Return.SUBSCRIBED);
            case "CHILDREN" -> returned.add(ListOptions.Return.CHILDREN);
            case "SPECIAL-USE" -> returned.add(ListOptions.Return.SPECIAL_USE);
            // RFC 8440.
            case "MYRIGHTS" -> returned.add(ListOptions.Return.MYRIGHTS);
            case "STATUS" -> {
                cursor.sp();
                status = statusItems(cursor);
            }
            case "METADATA" -> {
                cursor.sp();
                metadata = new MetadataParser(cursor).entries();
            }
            default -> throw new SyntaxException("Unknown return option");
        }
    }

    /** {@code mbox-or-pat = list-mailbox / "(" list-mailbox *(SP list-mailbox) ")"}. */
    private List<byte[]> patterns() throws SyntaxException {
        if (!cursor.accept('(')) {
            return List.of(cursor.listMailbox());
        }
        extended = true;
        List<byte[]> patterns = new ArrayList<>();
        do {
            patterns.add(cursor.listMailbox());
            if (patterns.size() > MOST_PATTERNS || patterns.stream().mapToInt(pattern -> pattern.length).sum() > MOST_OCTETS) {
                throw new SyntaxException("Too many patterns");
            }
        } while (cursor.accept(' '));
        cursor.expect(')');
        return List.copyOf(patterns);
    }

    /** {@code "(" status-att *(SP status-att) ")"}. */
    static Set<StatusItem> statusItems(Cursor cursor) throws SyntaxException {
        cursor.expect('(');
        Set<StatusItem> items = EnumSet.noneOf(StatusItem.class);
        do {
            items.add(StatusItem.of(cursor.keyword()).orElseThrow(() -> new SyntaxException("Unknown status item")));
        } while (cursor.accept(' '));
        cursor.expect(')');
        return items;
    }
}
