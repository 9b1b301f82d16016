package org.postel.imap.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postel.imap.syntax.CommandAssembly.Limits;
import org.postel.imap.syntax.CommandAssembly.Next;

class CommandAssemblyTest {

    private final CommandAssembly assembly = new CommandAssembly(new Limits(100, 300));

    private Next line(String text) {
        return assembly.line(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a NOOP", "", "a LOGIN x {}", "a LOGIN x {5} ", "a LOGIN x {-1}", "a LOGIN x {5++}", "a X \"{5}\""})
    void lineWithoutLiteralIsWhole(String line) {
        assertInstanceOf(Next.Complete.class, line(line));
    }

    @Test
    void messageOfAppendIsNotTakenIn() {
        Next.Message message = assertInstanceOf(Next.Message.class, line("a append x (\\Seen) {99999999+}"));
        assertEquals(new LiteralHeader(99_999_999, false, false), message.header());
    }

    @Test
    void mailboxOfAppendMayBeALiteral() {
        assertEquals(new LiteralHeader(5, true, false), assertInstanceOf(Next.ReadLiteral.class, line("a APPEND {5}")).header());
        assembly.literal("INBOX".getBytes(StandardCharsets.US_ASCII));
        assertInstanceOf(Next.Message.class, line(" {400}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a LOGIN {101}", "a LOGIN {9999999999}", "a LOGIN {99999999999999999999999+}"})
    void literalOverTheLimitIsNotAskedFor(String line) {
        Next.TooBig tooBig = assertInstanceOf(Next.TooBig.class, line(line));
        assertEquals("a", tooBig.tag());
        assertTrue(tooBig.header().orElseThrow().size() > 100);
    }

    @Test
    void onlyTheFirstLiteralsOfACommandAreTakenForAMessage() {
        CommandAssembly large = new CommandAssembly(new Limits(100, 300_000));
        Next next = large.line("a LOGIN {0+}".getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; i < 40_000; i++) {
            assertInstanceOf(Next.ReadLiteral.class, next);
            large.literal(new byte[0]);
            next = large.line("{0+}".getBytes(StandardCharsets.US_ASCII));
        }
        assertInstanceOf(Next.ReadLiteral.class, next);
    }

    // SAFETY row 14
    @Test
    void manySmallLiteralsTogetherAreOverTheLimit() {
        Next next = line("a SEARCH TEXT {90}");
        int taken = 0;
        while (next instanceof Next.ReadLiteral) {
            assembly.literal(new byte[90]);
            taken++;
            next = line(" TEXT {90}");
        }
        assertInstanceOf(Next.TooBig.class, next);
        assertTrue(taken < 4);
    }
}
