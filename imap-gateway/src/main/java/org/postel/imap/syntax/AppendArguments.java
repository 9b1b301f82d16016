package org.postel.imap.syntax;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/**
 * What follows the mailbox of APPEND and REPLACE, read piece by piece, for the octets of messages are not kept:
 * {@code 1*append-message}, {@code append-message = [SP flag-list] [SP date-time] SP append-data} (RFC 4466 §2.7, RFC 3502 §6.3.11).
 * Where a piece says that a literal follows, the line after its octets goes on with {@link #line}.
 */
public final class AppendArguments {

    /** One piece. */
    public sealed interface Piece {

        /** A message begins. */
        record Begin(List<String> flags, Optional<OffsetDateTime> date) implements Piece {
        }

        /** The octets of this literal belong to the message; with {@code utf8} it was announced as RFC 6855 §4 has it. */
        record Octets(LiteralHeader header, boolean utf8) implements Piece {
        }

        /** The octets that a URL names belong to the message (RFC 4469 §3). */
        record Url(String url) implements Piece {
        }

        /** As {@link Url}, written as a literal. */
        record UrlOctets(LiteralHeader header) implements Piece {
        }

        /** The message is whole. */
        record End() implements Piece {
        }

        /** There is no more. */
        record Done() implements Piece {
        }
    }

    /** Parts of all messages: each URL is a few calls. */
    private static final int MOST_PARTS = 1000;

    private enum At { MESSAGE, DATA, PART, AFTER_PART, UTF8_END, END }

    private final boolean utf8Names;
    private Cursor cursor;
    private At at = At.MESSAGE;
    private boolean some;
    private int parts;
    /** What was read ahead: the beginning is looked at while the command is parsed, so that nonsense is refused there. */
    private Optional<Piece> first;

    /** @param cursor at the end of the mailbox's name */
    AppendArguments(Cursor cursor, boolean utf8Names) throws SyntaxException {
        this.cursor = cursor;
        this.utf8Names = utf8Names;
        this.first = Optional.of(piece());
    }

    /** The line after the octets of a literal, without its CRLF. */
    public void line(byte[] line) {
        cursor = new Cursor(line, utf8Names);
    }

    /** The next piece. */
    public Piece next() throws SyntaxException {
        if (first.isPresent()) {
            Piece ahead = first.get();
            first = Optional.empty();
            return ahead;
        }
        return piece();
    }

    private Piece piece() throws SyntaxException {
        return switch (at) {
            case MESSAGE -> message();
            case DATA -> data();
            case PART -> part();
            case AFTER_PART -> afterPart();
            case UTF8_END -> {
                cursor.expect(')');
                yield end();
            }
            case END -> end();
        };
    }

    private Piece end() {
        at = At.MESSAGE;
        return new Piece.End();
    }

    private Piece message() throws SyntaxException {
        if (some && cursor.atEnd()) {
            return new Piece.Done();
        }
        some = true;
        cursor.sp();
        List<String> flags = List.of();
        if (cursor.peek() == '(') {
            flags = FlagParser.flagList(cursor);
            cursor.sp();
        }
        Optional<OffsetDateTime> date = Optional.empty();
        if (cursor.peek() == '"') {
            date = Optional.of(DateParser.dateTime(cursor));
            cursor.sp();
        }
        at = At.DATA;
        return new Piece.Begin(flags, date);
    }

    /** {@code append-data = literal / literal8 / "CATENATE" SP "(" ... ")" / "UTF8" SP "(" literal8 ")"}. */
    private Piece data() throws SyntaxException {
        if (cursor.acceptWord("CATENATE (")) {
            at = At.PART;
            return part();
        }
        if (cursor.acceptWord("UTF8 (")) {
            at = At.UTF8_END;
            LiteralHeader header = cursor.literalHeader();
            if (!header.binary()) {
                throw new SyntaxException("Expected a literal8");
            }
            return new Piece.Octets(header, true);
        }
        at = At.END;
        return new Piece.Octets(cursor.literalHeader(), false);
    }

    /** {@code cat-part = "TEXT" SP literal / "URL" SP astring} (RFC 4469 §5). */
    private Piece part() throws SyntaxException {
        at = At.AFTER_PART;
        if (++parts > MOST_PARTS) {
            throw new SyntaxException("Too many parts");
        }
        if (cursor.acceptWord("TEXT ")) {
            return new Piece.Octets(cursor.literalHeader(), false);
        }
        if (!cursor.acceptWord("URL ")) {
            throw new SyntaxException("Expected TEXT or URL");
        }
        return cursor.peek() == '{' ? new Piece.UrlOctets(cursor.literalHeader()) : new Piece.Url(cursor.text());
    }

    private Piece afterPart() throws SyntaxException {
        if (cursor.accept(' ')) {
            return part();
        }
        cursor.expect(')');
        return end();
    }
}
