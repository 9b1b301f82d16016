package org.postel.imap.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postel.mailbox.api.MailboxServiceException.Reason;
import org.postel.mailbox.api.v1.CreateRequest;
import org.postel.wire.LineClient;

/** How often mailbox-service is asked: each call is a good part of a command's time. */
@Timeout(60)
class CallsTest {

    private TestGateway gateway;
    private LineClient client;

    @BeforeEach
    void select() throws IOException {
        gateway = new TestGateway();
        gateway.mail.deliver("Subject: x\r\n\r\nText\r\n".getBytes(StandardCharsets.US_ASCII));
        client = gateway.login();
        assertEquals(List.of("name", "open"), calls("SELECT INBOX"));
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        gateway.close();
    }

    private List<String> calls(String command) throws IOException {
        gateway.mail.calls().clear();
        client.send("a " + command);
        String line = client.readLine();
        while (!line.startsWith("a ")) {
            line = client.readLine();
        }
        assertEquals("a OK", line.substring(0, 4), line);
        return List.copyOf(gateway.mail.calls());
    }

    @Test
    void aChangeTellsWhatItLedTo() throws IOException {
        assertEquals(List.of("store"), calls("STORE 1 +FLAGS (\\Deleted)"));
        assertEquals(List.of("expunge"), calls("EXPUNGE"));
    }

    @Test
    void listTellsOfManyMailboxesWithFewCalls() throws IOException {
        for (int i = 0; i < 1200; i++) {
            gateway.mail.create(CreateRequest.newBuilder().setName("many/" + i).build());
        }
        // That names changed is news once.
        assertEquals(List.of("changes"), calls("NOOP"));
        assertEquals(List.of("tree"), calls("LIST \"\" *"));
        assertEquals(List.of("name", "status"), calls("LIST \"\" many/7 RETURN (STATUS (MESSAGES))"));
        assertEquals(List.of("tree"), calls("LIST \"\" \"Other Users/bob@example.test\""));
        assertEquals(List.of("tree", "status", "status", "status"), calls("LIST \"\" * RETURN (STATUS (MESSAGES UNSEEN))"));
    }

    @Test
    void theEventOfAnOwnChangeIsNoNews() throws IOException {
        calls("STORE 1 +FLAGS (\\Flagged)");
        assertEquals(List.of(), calls("FETCH 1 (FLAGS)"));
    }

    @Test
    void theChangeOfAnotherSessionIsRead() throws IOException {
        gateway.mail.deliver("Subject: y\r\n\r\nText\r\n".getBytes(StandardCharsets.US_ASCII));
        assertEquals(List.of("changes"), calls("FETCH 1 (FLAGS)"));
    }

    @Test
    void aChangeInAnotherMailboxIsNoNews() throws IOException {
        calls("SELECT Sent");
        gateway.mail.deliver("Subject: y\r\n\r\nText\r\n".getBytes(StandardCharsets.US_ASCII));
        assertEquals(List.of(), calls("SEARCH ALL"));
    }

    @Test
    void whereMessagesAreNewAChangeIsFollowedByACallThatClaimsThem() throws IOException {
        gateway.mail.deliverUntold("Subject: y\r\n\r\nText\r\n".getBytes(StandardCharsets.US_ASCII));
        assertEquals(List.of("store", "changes"), calls("STORE 1 +FLAGS.SILENT (\\Flagged)"));
    }

    @Test
    void aMailboxThatWasLeftIsOpenedByWhatChanged() throws IOException {
        assertEquals(List.of("changes"), calls("SELECT INBOX"));
        calls("UNSELECT");
        assertEquals(List.of("changes"), calls("EXAMINE INBOX"));
        client.send("a LOGOUT").expect("* BYE");
        client.expect("a OK");
        client.close();
        client = gateway.login();
        assertEquals(List.of("changes"), calls("SELECT INBOX"));
    }

    @Test
    void aNameThatLeadsElsewhereIsLookedUp() throws IOException {
        calls("CREATE Plans");
        calls("SELECT Plans");
        calls("UNSELECT");
        calls("RENAME Plans Old");
        calls("CREATE Plans");
        assertEquals(List.of("changes", "name", "open"), calls("SELECT Plans"));
    }

    @Test
    void headerFieldsThatAreListedNeedNoContent() throws IOException {
        assertEquals(List.of("summaries"), calls("FETCH 1:* (UID BODY.PEEK[HEADER.FIELDS (FROM SUBJECT)])"));
        assertEquals(List.of("summaries", "content"), calls("FETCH 1 (BODY.PEEK[HEADER.FIELDS.NOT (FROM SUBJECT)])"));
    }

    @Test
    void aPageIsLookedAtAgainWithoutACall() throws IOException {
        String page = "FETCH 1:* (UID FLAGS INTERNALDATE ENVELOPE BODYSTRUCTURE BODY.PEEK[HEADER.FIELDS (SUBJECT)])";
        assertEquals(List.of("summaries"), calls(page));
        List<String> first = answer(page);
        assertEquals(List.of(), calls(page));
        assertEquals(first, answer(page));
        assertEquals(List.of("summaries"), calls("FETCH 1:* (ENVELOPE)"), "other parts of it");
        client.close();
        client = gateway.login();
        calls("SELECT INBOX");
        assertEquals(List.of(), calls(page));
    }

    @Test
    void aPageWithAMessageMoreIsAskedForWhole() throws IOException {
        calls("FETCH 1:* (ENVELOPE)");
        gateway.mail.deliver("Subject: y\r\n\r\nText\r\n".getBytes(StandardCharsets.US_ASCII));
        calls("NOOP");
        assertEquals(List.of("summaries"), calls("FETCH 1:* (ENVELOPE)"));
        assertEquals(2, answer("FETCH 1:* (ENVELOPE)").size());
        assertEquals(List.of(), calls("FETCH 2 (ENVELOPE)"));
    }

    @Test
    void flagsOfAPageThatIsKnownAreThoseOfNow() throws IOException {
        calls("FETCH 1 (FLAGS ENVELOPE)");
        calls("STORE 1 +FLAGS.SILENT (\\Flagged)");
        String again = answer("FETCH 1 (FLAGS ENVELOPE)").getFirst();
        assertTrue(again.startsWith("* 1 FETCH (FLAGS (\\Flagged"), again);
        assertEquals(List.of("store"), calls("FETCH 1 (ENVELOPE BODY[HEADER.FIELDS (SUBJECT)])").subList(0, 1), "marked as seen all the same");
    }

    @Test
    void previewsAndCopiesOfAWholeMailboxAreNotRemembered() throws IOException {
        assertEquals(List.of("summaries"), calls("FETCH 1 (PREVIEW (LAZY))"));
        assertEquals(List.of("summaries"), calls("FETCH 1 (PREVIEW (LAZY))"));
        for (int i = 0; i < 200; i++) {
            gateway.mail.deliver("Subject: y\r\n\r\nText\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        calls("NOOP");
        assertEquals(List.of("summaries"), calls("FETCH 1:201 (ENVELOPE)"));
        assertEquals(List.of("summaries"), calls("FETCH 1:200 (ENVELOPE)"));
        assertEquals(List.of(), calls("FETCH 2:200 (ENVELOPE)"));
    }

    @Test
    void anExpungedMessageIsNotAnsweredFromMemory() throws IOException {
        calls("FETCH 1 (ENVELOPE)");
        try (LineClient other = gateway.login()) {
            other.send("b SELECT INBOX").send("b UID STORE 1 +FLAGS.SILENT (\\Deleted)").send("b EXPUNGE").send("c LOGOUT");
            for (String line = other.readLine(); !line.startsWith("c OK"); line = other.readLine()) {
                assertEquals(-1, line.indexOf(" NO "));
            }
        }
        client.send("a FETCH 1 (ENVELOPE)").expect("a NO [EXPUNGEISSUED]");
    }

    @Test
    void pagesOfOthersMailboxesAreAskedForEachTime() throws IOException {
        gateway.mail.share("lrswi");
        client.send("a APPEND \"Other Users/bob@example.test/Team\" {13+}").send("Subject: s1").send("").expect("a OK");
        calls("SELECT \"Other Users/bob@example.test/Team\"");
        assertEquals(List.of("summaries"), calls("FETCH 1 (ENVELOPE)"));
        assertEquals(List.of("summaries"), calls("FETCH 1 (ENVELOPE)"));
    }

    @Test
    void aSessionThatIsInDoubtIsAnsweredByWhoMayRefuseIt() throws IOException {
        calls("FETCH 1 (ENVELOPE)");
        gateway.mail.faults.only("prove", Reason.UNAVAILABLE);
        gateway.mail.accessChanged();
        assertEquals(List.of("summaries"), calls("FETCH 1 (ENVELOPE)"));
        gateway.mail.faults.none();
        gateway.mail.accessChanged();
        assertEquals(List.of(), calls("FETCH 1 (ENVELOPE)"));
    }

    private List<String> answer(String command) throws IOException {
        client.send("a " + command);
        List<String> lines = new ArrayList<>();
        String line = client.readLine();
        while (!line.startsWith("a ")) {
            if (line.startsWith("* ")) {
                lines.add(line);
            }
            line = client.readLine();
        }
        return lines;
    }

    @Test
    void whatHappensElsewhereIsNoReasonToLookAtTheSelectedMailbox() throws IOException {
        calls("NOTIFY SET (selected (MessageNew MessageExpunge)) (personal (MessageNew MessageExpunge))");
        gateway.mail.calls().clear();
        client.send("i IDLE").expect("+ ");
        try (LineClient other = gateway.login()) {
            other.send("b APPEND Sent {2+}").send("").send("").expect("b OK");
        }
        client.expect("* STATUS Sent (MESSAGES 1 ");
        assertEquals(1, gateway.mail.calls().stream().filter("changes"::equals).count());
    }
}
