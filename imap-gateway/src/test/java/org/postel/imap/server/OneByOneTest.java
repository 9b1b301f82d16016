package org.postel.imap.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postel.wire.LineClient;

/** How many messages mailbox-service is asked for when a client fetches one by one, and whether each is the right one. */
@Timeout(60)
class OneByOneTest {

    private static final int MESSAGES = 24;

    private TestGateway gateway;
    private LineClient client;

    @AfterEach
    void close() throws IOException {
        client.close();
        gateway.close();
    }

    private void select(Map<String, String> properties) throws IOException {
        gateway = new TestGateway(properties, Optional.empty());
        for (int i = 1; i <= MESSAGES; i++) {
            gateway.mail.deliver(("Subject: " + i + "\r\n\r\n" + "xxxxxxxxxx" + "\r\n").getBytes(StandardCharsets.US_ASCII));
        }
        client = gateway.login();
        command("SELECT INBOX");
    }

    private void command(String command) throws IOException {
        client.send("c " + command);
        until("c OK");
    }

    private void until(String begin) throws IOException {
        String line = client.readLine();
        while (!line.startsWith(begin)) {
            line = client.readLine();
        }
    }

    /** Fetches a message, looks whether it is that one, and says how many were asked for. */
    private int fetch(int number, String items) throws IOException {
        gateway.mail.messagesAsked();
        client.send("f FETCH " + number + " (" + items + ")");
        String first = client.readLine();
        assertTrue(first.startsWith("* " + number + " FETCH ("), first);
        assertEquals("Subject: " + number, client.readLine());
        until("f OK");
        return gateway.mail.messagesAsked();
    }

    private List<Integer> asked(int from, int to, String items) throws IOException {
        List<Integer> asked = new ArrayList<>();
        for (int number = from; number <= to; number++) {
            asked.add(fetch(number, items));
        }
        return asked;
    }

    @Test
    void whoFetchesOneAfterTheOtherIsReadAheadOf() throws IOException {
        select(Map.of());
        assertEquals(List.of(1, 1, 3, 0, 0, 5, 0, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 0), asked(1, MESSAGES, "BODY.PEEK[]"));
    }

    @Test
    void whoMarksThemAsSeenTooWithTheFlagsOfNow() throws IOException {
        select(Map.of());
        assertEquals(List.of(1, 1, 3, 0), asked(1, 4, "RFC822"));
        command("STORE 5 +FLAGS.SILENT (\\Flagged)");
        client.send("f FETCH 5 (FLAGS RFC822)");
        assertEquals("* 5 FETCH (FLAGS (\\Flagged \\Seen \\Recent) RFC822 {26}", client.readLine());
        until("f OK");
        assertEquals(0, gateway.mail.messagesAsked());
    }

    @Test
    void whoGoesAboutIsNot() throws IOException {
        select(Map.of());
        for (int number : new int[] {1, 3, 2, 4, 4, 6, 7, 3, 4}) {
            assertEquals(1, fetch(number, "BODY.PEEK[]"));
        }
        assertEquals(List.of(3), asked(5, 5, "BODY.PEEK[]"));
        assertEquals(1, fetch(9, "BODY.PEEK[]"), "what was read ahead is of no use then");
        assertEquals(List.of(1, 3), asked(10, 11, "BODY.PEEK[]"));
    }

    @Test
    void whoAsksForMoreIsAnsweredThat() throws IOException {
        select(Map.of());
        asked(1, 3, "BODY.PEEK[]");
        client.send("f FETCH 4 (ENVELOPE BODY.PEEK[])");
        String line = client.readLine();
        assertTrue(line.startsWith("* 4 FETCH (ENVELOPE (NIL \"4\" "), line);
        until("f OK");
        assertEquals(1, gateway.mail.messagesAsked());
    }

    @Test
    void anotherMailboxHasMessagesOfItsOwn() throws IOException {
        select(Map.of());
        for (int i = 1; i <= 4; i++) {
            client.send("a APPEND Sent {13+}").send("Subject: s" + i).send("").expect("a OK");
        }
        asked(1, 3, "BODY.PEEK[]");
        command("SELECT Sent");
        client.send("f FETCH 4 (BODY.PEEK[])");
        client.expect("* 4 FETCH (BODY[] {13}");
        assertEquals("Subject: s4", client.readLine());
        until("f OK");
    }

    @Test
    void anothersMailboxIsAskedEachTime() throws IOException {
        select(Map.of());
        gateway.mail.share("lri");
        for (int i = 1; i <= 6; i++) {
            client.send("a APPEND \"Other Users/bob@example.test/Team\" {13+}").send("Subject: s" + i).send("").expect("a OK");
        }
        command("SELECT \"Other Users/bob@example.test/Team\"");
        gateway.mail.messagesAsked();
        for (int i = 1; i <= 6; i++) {
            command("FETCH " + i + " (BODY.PEEK[])");
            assertEquals(1, gateway.mail.messagesAsked());
        }
    }

    @Test
    void aMessageThatIsGoneIsNotAnswered() throws IOException {
        select(Map.of());
        asked(1, 3, "BODY.PEEK[]");
        expungeElsewhere(4);
        client.send("f FETCH 4 (BODY.PEEK[])");
        until("f NO [EXPUNGEISSUED]");
        asked(1, 3, "RFC822");
        expungeElsewhere(5);
        // Its flags bring the news.
        client.send("f FETCH 5 (RFC822)");
        until("f NO [EXPUNGEISSUED]");
    }

    private void expungeElsewhere(int uid) throws IOException {
        try (LineClient other = gateway.login()) {
            other.send("a SELECT INBOX");
            other.send("b UID STORE " + uid + " +FLAGS.SILENT (\\Deleted)");
            other.send("c UID EXPUNGE " + uid);
            other.send("d LOGOUT");
            for (String line = other.readLine(); !line.startsWith("d OK"); line = other.readLine()) {
                assertEquals(-1, line.indexOf(" NO "));
            }
        }
    }

    @Test
    void oneThatCannotBeReadIsNoReasonToRefuseAnother() throws IOException {
        select(Map.of());
        gateway.mail.faults.unreadable(4, Duration.ZERO);
        assertEquals(List.of(1, 1, 3 + 1), asked(1, 3, "BODY.PEEK[]"));
        client.send("f FETCH 4 (BODY.PEEK[])");
        until("f NO [UNAVAILABLE]");
        assertEquals(List.of(1, 1, 3, 0, 0), asked(5, 9, "BODY.PEEK[]"), "not so soon again");
    }

    @Test
    void aStoreThatStandsStillIsWaitedForOnce() throws IOException {
        select(Map.of());
        asked(1, 2, "BODY.PEEK[]");
        gateway.mail.faults.unreadable(4, Duration.ofMillis(1100));
        client.send("f FETCH 3 (BODY.PEEK[])");
        until("f NO [UNAVAILABLE]");
        assertEquals(3, gateway.mail.messagesAsked());
        assertEquals(1, fetch(3, "BODY.PEEK[]"));
    }

    @Test
    void newsCostsNoMoreThanAMessageByItself() throws IOException {
        select(Map.of());
        asked(1, 6, "BODY.PEEK[]");
        gateway.mail.deliver("Subject: new\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        assertEquals(List.of(1, 0, 0, 0), asked(7, 10, "BODY.PEEK[]"));
    }

    @Test
    void whoEndsLeavesRoom() throws IOException {
        select(Map.of("postel.imap.read-ahead", "256K"));
        asked(1, 3, "BODY.PEEK[]");
        command("LOGOUT");
        client.close();
        client = gateway.login();
        command("SELECT INBOX");
        assertEquals(List.of(1, 1, 3), asked(1, 3, "BODY.PEEK[]"));
    }

    @Test
    void withoutMemoryNobodyIs() throws IOException {
        select(Map.of("postel.imap.read-ahead", "0"));
        assertEquals(Collections.nCopies(6, 1), asked(1, 6, "BODY.PEEK[]"));
    }

    @Test
    void wherePortionsAreTakenOthersWait() throws IOException {
        select(Map.of("postel.imap.read-ahead", "256K"));
        asked(1, 3, "BODY.PEEK[]");
        LineClient first = client;
        client = gateway.login();
        command("SELECT INBOX");
        assertEquals(List.of(1, 1, 1, 1), asked(1, 4, "BODY.PEEK[]"));
        LineClient second = client;
        client = first;
        assertEquals(List.of(0, 0, 5), asked(4, 6, "BODY.PEEK[]"));
        second.close();
    }
}
