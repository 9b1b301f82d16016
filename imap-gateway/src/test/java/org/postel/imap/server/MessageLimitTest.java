package org.postel.imap.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postel.wire.LineClient;

/** RFC 9738, with a limit of three and five messages. */
class MessageLimitTest {

    private TestGateway gateway;
    private LineClient client;
    private int number;

    @BeforeEach
    void fiveMessages() throws IOException {
        gateway = new TestGateway(Map.of("postel.imap.message-limit", "3"), Optional.empty());
        for (int i = 1; i <= 5; i++) {
            gateway.mail.deliver(("Subject: message " + i + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        }
        client = gateway.login();
        ask("SELECT INBOX");
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        gateway.close();
    }

    /** The answer to a command, its tag left out. */
    private List<String> ask(String command) throws IOException {
        String tag = "t" + ++number;
        client.send(tag + " " + command);
        List<String> lines = new ArrayList<>();
        do {
            lines.add(client.readLine());
        } while (!lines.getLast().startsWith(tag + " "));
        lines.add(lines.removeLast().substring(tag.length() + 1));
        return lines;
    }

    @Test
    void itIsOfferedWhereAnOperatorSetsIt() throws IOException {
        assertTrue(ask("CAPABILITY").getFirst().contains(" MESSAGELIMIT=3 "));
        try (TestGateway unlimited = new TestGateway(); LineClient other = unlimited.login()) {
            assertFalse(other.send("a CAPABILITY").readLine().contains("MESSAGELIMIT"));
        }
    }

    @Test
    void whatIsFetchedAreTheNewestMessages() throws IOException {
        assertEquals(List.of("* 3 FETCH (UID 3)", "* 4 FETCH (UID 4)", "* 5 FETCH (UID 5)",
                "OK [MESSAGELIMIT 3 3] FETCH completed for some of the messages"), ask("UID FETCH 1:* (UID)"));
        assertEquals(List.of("* 1 FETCH (UID 1)", "* 2 FETCH (UID 2)", "OK FETCH completed"), ask("UID FETCH 1:2 (UID)"));
        assertEquals(List.of("* 3 FETCH (UID 3)", "* 4 FETCH (UID 4)", "* 5 FETCH (UID 5)", "OK FETCH completed"), ask("UID FETCH 3:5 (UID)"));
    }

    @Test
    void aPageThatIsTooLongIsRefused() throws IOException {
        assertEquals(List.of("NO [MESSAGELIMIT 3] Too many messages"), ask("UID FETCH 1:* (UID) (PARTIAL -1:-4)"));
        assertEquals("OK FETCH completed", ask("UID FETCH 1:* (UID) (PARTIAL 1:3)").getLast());
    }

    @Test
    void flagsAreSetOnTheNewestMessages() throws IOException {
        assertEquals(List.of("OK [MESSAGELIMIT 3 3] STORE completed for some of the messages"), ask("STORE 1:5 +FLAGS.SILENT (\\Flagged)"));
        assertEquals("* SEARCH 1 2", ask("SEARCH 1:3 UNFLAGGED").getFirst());
    }

    @Test
    void aCodeOfItsOwnStaysWithTheReply() throws IOException {
        List<String> answer = ask("STORE 1:5 (UNCHANGEDSINCE 1) +FLAGS.SILENT (\\Seen)");
        assertEquals("* NO [MESSAGELIMIT 3 3] Only some of the messages were looked at", answer.stream().filter(line -> line.startsWith("* NO")).findFirst().orElseThrow());
        assertTrue(answer.getLast().startsWith("OK [MODIFIED 3:5]"), answer.toString());
    }

    @Test
    void aSearchLooksAtTheNewestMessages() throws IOException {
        assertEquals(List.of("* SEARCH 3 4 5", "OK [MESSAGELIMIT 3 3] SEARCH completed for some of the messages"), ask("SEARCH SUBJECT message"));
        assertEquals(List.of("* SEARCH 1 2", "OK SEARCH completed"), ask("UID SEARCH UIDBEFORE 3 SUBJECT message"));
        assertEquals(List.of("* SEARCH 4 5", "OK SEARCH completed"), ask("UID SEARCH (UIDAFTER 3) ALL"));
        assertEquals(List.of("* SEARCH", "OK SEARCH completed"), ask("UID SEARCH OR UIDBEFORE 1 UIDAFTER 4294967295 2:4"));
    }

    @Test
    void resultsOfSomeMessagesAreNotKeptUpToDate() throws IOException {
        List<String> answer = ask("SEARCH RETURN (UPDATE COUNT) SEEN");
        assertEquals("* ESEARCH (TAG \"t" + number + "\") COUNT 0", answer.getFirst());
        assertTrue(answer.get(1).startsWith("* NO [NOUPDATE \"t" + number + "\"]"), answer.toString());
    }

    @Test
    void whatNeedsAllMessagesIsRefused() throws IOException {
        assertEquals(List.of("NO [MESSAGELIMIT 3] Too many messages"), ask("SORT (SUBJECT) UTF-8 ALL"));
        assertEquals(List.of("NO [MESSAGELIMIT 3] Too many messages"), ask("THREAD REFERENCES UTF-8 ALL"));
        assertEquals(List.of("NO [MESSAGELIMIT 3] Too many messages"), ask("ESEARCH IN (personal) ALL"));
        assertEquals("OK SORT completed", ask("SORT (SUBJECT) UTF-8 3:5").getLast());
    }

    @Test
    void aCopyIsOfAllMessagesOrNone() throws IOException {
        assertEquals(List.of("NO [MESSAGELIMIT 3 3] Too many messages, and nothing was done"), ask("COPY 1:5 Drafts"));
        assertTrue(ask("STATUS Drafts (MESSAGES)").getFirst().endsWith("(MESSAGES 0)"));
        assertTrue(ask("COPY 3:5 Drafts").getLast().startsWith("OK [COPYUID "));
    }

    @Test
    void theNewestMessagesAreMoved() throws IOException {
        assertEquals("OK [MESSAGELIMIT 3 3] MOVE completed for some of the messages", ask("MOVE 1:5 Drafts").getLast());
        assertEquals("* SEARCH 1 2", ask("SEARCH ALL").getFirst());
    }

    @Test
    void uidExpungeEndsWithTheNewestButExpungeDoesNot() throws IOException {
        ask("STORE 3:5 +FLAGS.SILENT (\\Deleted)");
        ask("STORE 1:2 +FLAGS.SILENT (\\Deleted)");
        assertEquals("OK [MESSAGELIMIT 3 3] EXPUNGE completed for some of the messages", ask("UID EXPUNGE 1:*").getLast());
        assertEquals("* SEARCH 1 2", ask("SEARCH ALL").getFirst());
        for (int i = 0; i < 3; i++) {
            gateway.mail.deliver("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        ask("NOOP");
        ask("STORE 3:5 +FLAGS.SILENT (\\Deleted)");
        assertEquals("OK EXPUNGE completed", ask("EXPUNGE").getLast());
        assertEquals("* SEARCH", ask("SEARCH ALL").getFirst());
    }

    @Test
    void whatNotifyTellsOfNewMessagesIsNotCut() throws IOException {
        assertEquals("OK NOTIFY completed", ask("NOTIFY SET (selected (MessageNew (UID) MessageExpunge))").getLast());
        for (int i = 0; i < 7; i++) {
            gateway.mail.deliverUntold("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        gateway.mail.changed();
        client.expect("* 12 EXISTS");
        client.expect("* 12 RECENT");
        for (int i = 6; i <= 12; i++) {
            client.expect("* " + i + " FETCH (UID " + i + ")");
        }
        assertEquals(List.of("OK Completed"), ask("NOOP"));
    }

    @Test
    void soManyMessagesAreAppendedAtOnce() throws IOException {
        String three = "APPEND Drafts {2+}\r\n\r\n {2+}\r\n\r\n {2+}\r\n\r\n";
        assertTrue(ask(three).getLast().startsWith("OK [APPENDUID "));
        assertEquals("NO [MESSAGELIMIT 3] Too many messages", ask(three + " {2+}\r\n\r\n").getLast());
        assertTrue(ask("STATUS Drafts (MESSAGES)").getFirst().endsWith("(MESSAGES 3)"));
    }
}
