package org.postel.imap.syntax;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no LIST, CREATE, quota, METADATA or ACL command, and what is too much of one. */
class MailboxCommandsParserTest {

    private static ImapCommand.Line parse(String line) {
        return CommandParser.parse(("a1 " + line).getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"LIST", "LIST \"\"", "LIST (SUBSCRIBED \"\" *", "LIST (SUBSCRIBED) *", "LIST \"\" * RETURN", "LIST \"\" * RETURN (STATUS)",
        "LIST \"\" * RETURN (STATUS MESSAGES)", "LIST \"\" * RETURN (METADATA)", "LIST \"\" * RETURN (METADATA (x))", "LIST \"\" (a b", "LIST \"\" * ()",
        "LIST \"\" * RETURN ()x", "CREATE a (", "CREATE a (USE (\\Sent)", "CREATE a (USE (\\Sent) X)", "GETQUOTA", "GETQUOTAROOT", "SETQUOTA \"\"",
        "SETQUOTA \"\" (STORAGE)", "SETQUOTA \"\" (STORAGE -1)", "SETQUOTA \"\" (STORAGE 99999999999999999999)", "GETMETADATA a", "GETMETADATA a ()",
        "GETMETADATA (DEPTH 2) a /private/x", "GETMETADATA (MAXSIZE) a /private/x", "GETMETADATA (FOO 1) a /private/x", "GETMETADATA a \"/private/\u00fc\"",
        "SETMETADATA a ()", "SETMETADATA a (/private/x 1", "SETMETADATA a (/private/x {3}\r\na\0b)", "GETACL", "SETACL a b", "SETACL a b \"+z\"",
        "SETACL a b \"++l\"", "DELETEACL a", "LISTRIGHTS a", "MYRIGHTS", "MYRIGHTS a b"})
    void nonsenseIsMalformed(String line) {
        assertInstanceOf(ImapCommand.Malformed.class, parse(line));
    }

    @ParameterizedTest
    @ValueSource(strings = {"LIST \"\" (a b) RETURN ()", "list (subscribed recursivematch) \"\" * return (status (messages) myrights)", "SETQUOTA \"\" ()",
        "GETMETADATA (depth infinity maxsize 0) \"\" (/shared)", "SETMETADATA a (/private/x NIL /shared/y ~{1}\r\nz)", "SETACL a b \"\"", "SETACL a b -lr"})
    void oddOnesAreUnderstood(String line) {
        assertInstanceOf(ImapCommand.Tagged.class, parse(line));
    }

    /** SAFETY rows 15 and 33. */
    @Test
    void thereAreLimitsToAll() {
        assertInstanceOf(ImapCommand.Malformed.class, parse("LIST \"\" (" + "a ".repeat(101).strip() + ")"));
        assertInstanceOf(ImapCommand.Malformed.class, parse("LIST \"\" (" + ("%a".repeat(1000) + " ").repeat(3).strip() + ")"));
        assertInstanceOf(ImapCommand.Malformed.class, parse("GETMETADATA a (" + "/private/x ".repeat(101).strip() + ")"));
        assertInstanceOf(ImapCommand.Malformed.class, parse("GETMETADATA a /private/" + "x".repeat(200)));
        assertInstanceOf(ImapCommand.Malformed.class, parse("CREATE a (USE (" + "\\Sent ".repeat(11).strip() + "))"));
    }
}
