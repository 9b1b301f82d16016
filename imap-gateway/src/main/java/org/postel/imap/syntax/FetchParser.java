package org.postel.imap.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The items of FETCH (RFC 3501 §6.4.5). */
final class FetchParser {

    private static final int MOST_ITEMS = 200;
    private static final int MOST_FIELDS = 1000;
    private static final int DEEPEST_PART = 200;

    private final Cursor cursor;

    FetchParser(Cursor cursor) {
        this.cursor = cursor;
    }

    /** {@code "ALL" / "FULL" / "FAST" / fetch-att / "(" fetch-att *(SP fetch-att) ")"}. */
    List<FetchItem> items() throws SyntaxException {
        List<FetchItem> items = new ArrayList<>();
        if (!cursor.accept('(')) {
            return macroOrItem();
        }
        do {
            items.add(item(name()));
            if (items.size() > MOST_ITEMS) {
                throw new SyntaxException("Too many items");
            }
        } while (cursor.accept(' '));
        cursor.expect(')');
        return List.copyOf(items);
    }

    private List<FetchItem> macroOrItem() throws SyntaxException {
        String name = name();
        List<FetchItem> fast = List.of(new FetchItem.Flags(), new FetchItem.InternalDate(), new FetchItem.Size());
        return switch (name) {
            case "FAST" -> fast;
            case "ALL" -> with(fast, new FetchItem.Envelope());
            case "FULL" -> with(with(fast, new FetchItem.Envelope()), new FetchItem.Structure(false));
            default -> List.of(item(name));
        };
    }

    private static List<FetchItem> with(List<FetchItem> items, FetchItem more) {
        List<FetchItem> all = new ArrayList<>(items);
        all.add(more);
        return List.copyOf(all);
    }

    private String name() throws SyntaxException {
        return cursor.word(octet -> Characters.atom(octet) && octet != '[' && octet != '<', "a data item")
                .toUpperCase(Locale.ROOT);
    }

    /** {@code fetch-att}. */
    private FetchItem item(String name) throws SyntaxException {
        return switch (name) {
            case "FLAGS" -> new FetchItem.Flags();
            case "UID" -> new FetchItem.Uid();
            case "MODSEQ" -> new FetchItem.ModSeq();
            case "EMAILID" -> new FetchItem.EmailId();
            case "THREADID" -> new FetchItem.ThreadId();
            case "INTERNALDATE" -> new FetchItem.InternalDate();
            case "SAVEDATE" -> new FetchItem.SaveDate();
            case "RFC822.SIZE" -> new FetchItem.Size();
            case "ENVELOPE" -> new FetchItem.Envelope();
            case "BODYSTRUCTURE" -> new FetchItem.Structure(true);
            case "BODY" -> cursor.peek() == '[' ? body(false) : new FetchItem.Structure(false);
            case "BODY.PEEK" -> body(true);
            case "PREVIEW" -> new FetchItem.Preview(cursor.acceptWord(" (LAZY)"));
            case "BINARY" -> binary(false);
            case "BINARY.PEEK" -> binary(true);
            case "BINARY.SIZE" -> new FetchItem.BinarySize(sectionBinary());
            case "RFC822" -> old(new Section.Kind.Whole(), name);
            case "RFC822.HEADER" -> old(new Section.Kind.Header(), name);
            case "RFC822.TEXT" -> old(new Section.Kind.Text(), name);
            default -> throw new SyntaxException("Unknown data item");
        };
    }

    private static FetchItem old(Section.Kind kind, String name) {
        return new FetchItem.Rfc822(new Section(List.of(), kind), name);
    }

    /** {@code "BODY" [".PEEK"] section ["<" number "." nz-number ">"]}. */
    private FetchItem body(boolean peek) throws SyntaxException {
        cursor.expect('[');
        Section section = section();
        cursor.expect(']');
        return new FetchItem.Body(peek, section, partial());
    }

    /** {@code "BINARY" [".PEEK"] section-binary [partial]} (RFC 3516 §7). */
    private FetchItem binary(boolean peek) throws SyntaxException {
        Section section = sectionBinary();
        return new FetchItem.Binary(peek, section, partial());
    }

    /** {@code section-binary = "[" [section-part] "]"}. */
    private Section sectionBinary() throws SyntaxException {
        cursor.expect('[');
        Section section = section();
        if (!(section.kind() instanceof Section.Kind.Whole)) {
            throw new SyntaxException("BINARY is of parts only");
        }
        cursor.expect(']');
        return section;
    }

    private Optional<FetchItem.Partial> partial() throws SyntaxException {
        if (!cursor.accept('<')) {
            return Optional.empty();
        }
        long first = cursor.number64();
        cursor.expect('.');
        long length = cursor.nzNumber64();
        cursor.expect('>');
        return Optional.of(new FetchItem.Partial(first, length));
    }

    /** {@code section-spec = section-msgtext / (section-part ["." section-text])}. */
    Section section() throws SyntaxException {
        List<Integer> part = new ArrayList<>();
        while (Characters.digit(cursor.peek())) {
            part.add((int) Math.min(cursor.nzNumber(), Integer.MAX_VALUE));
            if (part.size() > DEEPEST_PART) {
                throw new SyntaxException("Part number too long");
            }
            if (!cursor.accept('.')) {
                return new Section(part, new Section.Kind.Whole());
            }
        }
        if (part.isEmpty() && cursor.peek() == ']') {
            return new Section(part, new Section.Kind.Whole());
        }
        return new Section(part, text(!part.isEmpty()));
    }

    /** {@code section-text = section-msgtext / "MIME"}; MIME only after a part. */
    private Section.Kind text(boolean inPart) throws SyntaxException {
        if (cursor.acceptWord("HEADER.FIELDS.NOT")) {
            return new Section.Kind.Fields(true, headerList());
        }
        if (cursor.acceptWord("HEADER.FIELDS")) {
            return new Section.Kind.Fields(false, headerList());
        }
        if (cursor.acceptWord("HEADER")) {
            return new Section.Kind.Header();
        }
        if (cursor.acceptWord("TEXT")) {
            return new Section.Kind.Text();
        }
        if (inPart && cursor.acceptWord("MIME")) {
            return new Section.Kind.Mime();
        }
        throw new SyntaxException("Unknown section");
    }

    /** {@code header-list = "(" header-fld-name *(SP header-fld-name) ")"}. */
    private List<String> headerList() throws SyntaxException {
        List<String> names = new ArrayList<>();
        cursor.sp();
        cursor.expect('(');
        do {
            names.add(fieldName());
            if (names.size() > MOST_FIELDS) {
                throw new SyntaxException("Too many header fields");
            }
        } while (cursor.accept(' '));
        cursor.expect(')');
        return names;
    }

    /** {@code header-fld-name = astring}; one that no field can have is refused, for it is repeated in the response. */
    private String fieldName() throws SyntaxException {
        String name = cursor.text();
        if (name.isEmpty() || !name.chars().allMatch(letter -> letter > ' ' && letter < 127 && letter != ':')) {
            throw new SyntaxException("Not a header field name");
        }
        return name;
    }
}
