package org.postel.imap.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postel.imap.syntax.AppendArguments.Piece;

/** RFC 4466 §2.7, RFC 3502, RFC 4469, RFC 6855 §4. */
class AppendArgumentsTest {

    private static final Piece PLAIN = new Piece.Begin(List.of(), Optional.empty());

    /** The pieces of a command of several lines, of which each but the last ends with a literal. */
    private static List<Piece> pieces(String... lines) throws SyntaxException {
        byte[] first = ("a APPEND INBOX" + lines[0]).getBytes(StandardCharsets.UTF_8);
        ImapCommand.Line line = CommandParser.parse(first);
        if (line instanceof ImapCommand.Malformed malformed) {
            throw new SyntaxException(malformed.problem());
        }
        AppendArguments arguments = assertInstanceOf(ImapCommand.Append.class, ((ImapCommand.Tagged) line).command()).messages();
        List<Piece> pieces = new ArrayList<>();
        int at = 1;
        for (Piece piece = arguments.next(); !(piece instanceof Piece.Done); piece = arguments.next()) {
            pieces.add(piece);
            if (piece instanceof Piece.Octets || piece instanceof Piece.UrlOctets) {
                arguments.line(lines[at++].getBytes(StandardCharsets.UTF_8));
            }
        }
        return pieces;
    }

    private static Piece octets(long size) {
        return new Piece.Octets(new LiteralHeader(size, true, false), false);
    }

    @Test
    void oneMessage() throws SyntaxException {
        assertEquals(List.of(new Piece.Begin(List.of("\\Seen", "$Junk"), Optional.of(OffsetDateTime.parse("1994-02-07T21:52:25-08:00"))),
                octets(310), new Piece.End()), pieces(" (\\seen $Junk) \" 7-Feb-1994 21:52:25 -0800\" {310}", ""));
    }

    @Test
    void severalMessagesAndALiteral8() throws SyntaxException {
        assertEquals(List.of(PLAIN, octets(1), new Piece.End(), new Piece.Begin(List.of("a"), Optional.empty()),
                new Piece.Octets(new LiteralHeader(2, false, true), false), new Piece.End()), pieces(" {1}", " (a) ~{2+}", ""));
    }

    @Test
    void partsOfAMessage() throws SyntaxException {
        assertEquals(List.of(PLAIN, new Piece.Url("/x"), octets(5), octets(6), new Piece.UrlOctets(new LiteralHeader(7, true, false)), new Piece.End(),
                PLAIN, octets(8), new Piece.End()), pieces(" catenate (URL \"/x\" Text {5}", " TEXT {6}", " URL {7}", ") {8}", ""));
        assertEquals(List.of(PLAIN, new Piece.Url("/x"), new Piece.End()), pieces(" CATENATE (URL /x)"));
    }

    @Test
    void utf8() throws SyntaxException {
        assertEquals(List.of(PLAIN, new Piece.Octets(new LiteralHeader(2, true, true), true), new Piece.End()), pieces(" UTF8 (~{2}", ")"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", " x", " {1}|x", " {1}| ", " {1}| x", " {9223372036854775808}|", " CATENATE ()", " CATENATE (TEXT \"x\")",
        " CATENATE (URL a", " CATENATE (URL a) ", " CATENATE (URL a  URL b)", " CATENATE (TEXT {1}|)x", " UTF8 ({1}|)", " UTF8 (~{1}|", " {1}x|", "{1}|"})
    void nonsenseIsRefused(String lines) {
        assertThrows(SyntaxException.class, () -> pieces(lines.split("\\|", -1)));
    }

    @Test
    void partsAreBounded() {
        assertThrows(SyntaxException.class, () -> pieces(" CATENATE (URL a" + " URL a".repeat(1000) + ")"));
    }
}
