package org.postel.pop3.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandParserTest {

    private static Pop3Command parse(String line) {
        return CommandParser.parse(line.getBytes(StandardCharsets.UTF_8));
    }

    static Stream<Arguments> commands() {
        return Stream.of(
                Arguments.of("STAT", new Pop3Command.Stat()),
                Arguments.of("stat", new Pop3Command.Stat()),
                Arguments.of("STAT ", new Pop3Command.Stat()),
                Arguments.of("STAT 1", new Pop3Command.Malformed(Verb.STAT)),
                Arguments.of("LIST", new Pop3Command.ListAll()),
                Arguments.of("LIST ", new Pop3Command.ListAll()),
                Arguments.of("LIST 12", new Pop3Command.List(12)),
                Arguments.of("LIST 0", new Pop3Command.List(0)),
                Arguments.of("LIST 99999999999999999999", new Pop3Command.List(Integer.MAX_VALUE)),
                Arguments.of("LIST -1", new Pop3Command.Malformed(Verb.LIST)),
                Arguments.of("LIST 1 2", new Pop3Command.Malformed(Verb.LIST)),
                Arguments.of("LIST \u0663", new Pop3Command.Malformed(Verb.LIST)),
                Arguments.of("UIDL", new Pop3Command.UidlAll()),
                Arguments.of("Uidl 3", new Pop3Command.Uidl(3)),
                Arguments.of("RETR 1", new Pop3Command.Retr(1)),
                Arguments.of("RETR", new Pop3Command.Malformed(Verb.RETR)),
                Arguments.of("DELE 2", new Pop3Command.Dele(2)),
                Arguments.of("DELE two", new Pop3Command.Malformed(Verb.DELE)),
                Arguments.of("TOP 1 0", new Pop3Command.Top(1, 0)),
                Arguments.of("TOP 1", new Pop3Command.Malformed(Verb.TOP)),
                Arguments.of("TOP 1  2", new Pop3Command.Malformed(Verb.TOP)),
                Arguments.of("NOOP", new Pop3Command.Noop()),
                Arguments.of("RSET", new Pop3Command.Rset()),
                Arguments.of("QUIT", new Pop3Command.Quit()),
                Arguments.of("CAPA", new Pop3Command.Capa()),
                Arguments.of("STLS", new Pop3Command.Stls()),
                Arguments.of("STLS now", new Pop3Command.Malformed(Verb.STLS)),
                Arguments.of("APOP a b", new Pop3Command.Apop()),
                Arguments.of("USER alice@example.test", new Pop3Command.User("alice@example.test")),
                Arguments.of("USER ", new Pop3Command.Malformed(Verb.USER)),
                Arguments.of("USER", new Pop3Command.Malformed(Verb.USER)),
                Arguments.of("PASS a b ", new Pop3Command.Pass("a b ")),
                Arguments.of("PASS", new Pop3Command.Malformed(Verb.PASS)),
                Arguments.of("PASS \u00fc", new Pop3Command.Pass("\u00fc")),
                Arguments.of("AUTH", new Pop3Command.AuthMechanisms()),
                Arguments.of("AUTH plain", new Pop3Command.Auth("PLAIN", false, "")),
                Arguments.of("AUTH PLAIN AA==", new Pop3Command.Auth("PLAIN", true, "AA==")),
                Arguments.of("AUTH PLAIN =", new Pop3Command.Auth("PLAIN", true, "=")),
                Arguments.of("AUTH PLAIN AA== BB==", new Pop3Command.Malformed(Verb.AUTH)));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void aLineIsThatCommand(String line, Pop3Command expected) {
        assertEquals(expected, parse(line));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", " STAT", "STATS", "XTND", "STAT\t", "USER a\u0000b", "PASS a\tb", "USER a\u007f", "LIST\u00a01"})
    void whatIsNoCommandIsUnknown(String line) {
        assertInstanceOf(Pop3Command.Unknown.class, parse(line));
    }

    @Test
    void noOctetMakesTheParserThrow() {
        for (int octet = 0; octet < 256; octet++) {
            CommandParser.parse(new byte[] {(byte) octet});
            CommandParser.parse(new byte[] {'U', 'S', 'E', 'R', ' ', (byte) octet});
            CommandParser.parse(new byte[] {'R', 'E', 'T', 'R', ' ', (byte) octet});
        }
        assertInstanceOf(Pop3Command.Unknown.class, CommandParser.parse(new byte[] {'U', 'S', 'E', 'R', ' ', (byte) 0xff}));
    }

    /** SAFETY row 7. */
    @ParameterizedTest
    @ValueSource(strings = {"GET / HTTP/1.1", "POST /x HTTP/1.0", "Host: example.test", "PRI * HTTP/2.0", "get /"})
    void aLineOfHttpIsNoticed(String line) {
        assertInstanceOf(Pop3Command.Http.class, parse(line));
    }

    @Test
    void secretsAreNotPrinted() {
        assertFalse((parse("PASS hidden") + "" + parse("AUTH PLAIN hidden")).contains("hidden"));
    }
}
