package org.postel.imap.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.postel.imap.syntax.CommandAssembly.Next;

/** Random and damaged commands: the parser answers each with a value, and the boundary of a command is found all the same. */
class CommandFuzzTest {

    private static final List<String> SEEDS = List.of(
            "a LOGIN {3}\r\nabc \"d e\"", "a FETCH 1:*,4 (FLAGS BODY.PEEK[1.2.HEADER.FIELDS (A \"B\")]<0.9>)",
            "a SEARCH CHARSET UTF-8 OR (NOT SEEN) FROM {2+}\r\nxy SINCE 1-Jan-2020", "a STORE 1,2:3 +FLAGS.SILENT (\\Seen k)",
            "a LIST \"\" \"*%&AOk-\"", "a ID (\"a\" NIL \"b\" {1}\r\nc)", "a APPEND &AOk- (\\Seen) \"01-Jan-2020 00:00:00 +0000\" {5}",
            "a UID MOVE 1:* Trash", "a STATUS x (UIDNEXT)", "a UID FETCH 1:* (FLAGS) (CHANGEDSINCE 12345)",
            "a STORE 1 (UNCHANGEDSINCE 9) FLAGS (k)", "a SEARCH MODSEQ \"/flags/\\\\draft\" all 620162338", "a SELECT x (CONDSTORE)", "a AUTHENTICATE PLAIN AGEAYg==",
            "a UID SEARCH RETURN (MIN MAX COUNT SAVE PARTIAL -1:-100) OR YOUNGER 9 SAVEDON 1-Jan-2020 $", "a UID FETCH $ (SAVEDATE) (PARTIAL 1:9 CHANGEDSINCE 3)",
            "a UID SORT RETURN (MIN) (REVERSE DATE SUBJECT) UTF-8 OR ALL TO {1}\r\nx", "a THREAD REFS US-ASCII (SEEN 1:*)");

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    @Test
    void parserThrowsNothing() {
        for (int i = 0; i < 60_000; i++) {
            byte[] octets = damaged(SEEDS.get(random.nextInt(SEEDS.size())).getBytes(StandardCharsets.ISO_8859_1));
            try {
                ImapCommand.Line line = CommandParser.parse(octets);
                assertEquals(false, line.tag().isEmpty());
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError("seed " + seed + ", octets " + new String(octets, StandardCharsets.ISO_8859_1), e);
            }
        }
    }

    private byte[] damaged(byte[] octets) {
        ByteArrayOutputStream damaged = new ByteArrayOutputStream();
        for (byte octet : octets) {
            switch (random.nextInt(40)) {
                case 0 -> damaged.write(random.nextInt(256));
                case 1 -> damaged.write("(){}[]\"\\*%,: <>.+".charAt(random.nextInt(17)));
                case 2 -> random.nextInt();
                case 3 -> {
                    damaged.write(octet);
                    damaged.write(octet);
                }
                default -> damaged.write(octet);
            }
        }
        return damaged.toByteArray();
    }

    /** A stream of commands whose arguments are random octets in literals: each ends where it was meant to. */
    @Test
    void placeInTheStreamIsNeverLost() {
        for (int i = 0; i < 5000; i++) {
            CommandAssembly assembly = new CommandAssembly(new CommandAssembly.Limits(1000, 10_000));
            byte[] literal = new byte[random.nextInt(50)];
            random.nextBytes(literal);
            String sign = random.nextBoolean() ? "+" : "";
            Next first = assembly.line(("t" + i + " LOGIN {" + literal.length + sign + "}").getBytes(StandardCharsets.US_ASCII));
            assertEquals(literal.length, assertInstanceOf(Next.ReadLiteral.class, first, "seed " + seed).header().size());
            assembly.literal(literal);
            Next.Complete whole = assertInstanceOf(Next.Complete.class, assembly.line(" x".getBytes(StandardCharsets.US_ASCII)));
            assertEquals("t" + i, CommandParser.parse(whole.octets()).tag(), "seed " + seed);
        }
    }
}
