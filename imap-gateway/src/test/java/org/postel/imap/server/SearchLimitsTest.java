package org.postel.imap.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.postel.mailbox.api.MailboxServiceException.Reason;
import org.postel.wire.LineClient;

/** SAFETY row 33: what one search may ask for, and how many may go on. */
class SearchLimitsTest {

    @Test
    void oneSearchLooksIntoSoManyMailboxes() throws IOException {
        try (TestGateway gateway = new TestGateway(Map.of("postel.imap.max-searched-mailboxes", "3"), Optional.empty());
                LineClient client = gateway.login()) {
            client.send("a ESEARCH IN (mailboxes (INBOX Drafts Sent)) ALL").expect("a OK");
            client.send("b ESEARCH IN (personal) ALL").expect("b NO [LIMIT]");
        }
    }

    @Test
    void oneSearchGoesOnToOtherMailboxesForSoLong() throws IOException {
        try (TestGateway gateway = new TestGateway(Map.of("postel.imap.max-searched-mailboxes-time", "0s"), Optional.empty());
                LineClient client = gateway.login()) {
            client.send("a ESEARCH IN (mailboxes Drafts) ALL").expect("a OK");
            client.send("b ESEARCH IN (personal) ALL").expect("b NO [LIMIT]");
            answer(client, "s", "SELECT INBOX");
            client.send("c ESEARCH IN (selected) RETURN (COUNT UPDATE) ALL").expect("c OK");
            client.send("d ESEARCH IN (personal) RETURN (COUNT UPDATE) ALL").expect("d NO [LIMIT]");
            gateway.mail.deliver(about("more"));
            List<String> told = answer(client, "e", "NOOP");
            assertEquals("* ESEARCH (TAG \"c\" MAILBOX INBOX UIDVALIDITY 1700000000) UID ADDTO (0 1)", told.getLast());
            assertEquals(3, told.size(), "what failed is not kept up to date: " + told);
        }
    }

    @Test
    void soManySearchesAreKeptUpToDate() throws IOException {
        try (TestGateway gateway = new TestGateway(Map.of("postel.imap.max-search-contexts", "1"), Optional.empty());
                LineClient client = gateway.login()) {
            answer(client, "s", "SELECT INBOX");
            assertEquals(List.of("* ESEARCH (TAG \"a\") COUNT 0"), answer(client, "a", "SEARCH RETURN (UPDATE COUNT) ALL"));
            assertEquals(List.of("* ESEARCH (TAG \"b\") COUNT 0", "* NO [NOUPDATE \"b\"] This search is not kept up to date"),
                    answer(client, "b", "SEARCH RETURN (UPDATE COUNT) ALL"));
            answer(client, "c", "CANCELUPDATE \"a\"");
            assertEquals(List.of("* ESEARCH (TAG \"b\") COUNT 0"), answer(client, "b", "SEARCH RETURN (UPDATE COUNT) ALL"));
        }
    }

    private static byte[] about(String subject) {
        return ("Subject: " + subject + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** RFC 5267 §4.3.1. */
    @Test
    void anUpdateThatTakesTooLongIsTheLast() throws IOException {
        try (TestGateway gateway = new TestGateway(); LineClient client = gateway.login()) {
            answer(client, "s", "SELECT INBOX");
            assertEquals(List.of("* ESEARCH (TAG \"a\") COUNT 0"), answer(client, "a", "SEARCH RETURN (UPDATE COUNT) SUBJECT more"));
            answer(client, "f", "SEARCH RETURN (UPDATE COUNT) FLAGGED");
            gateway.mail.faults.only("search", Reason.RESOURCE_EXHAUSTED);
            gateway.mail.deliver(about("more"));
            assertEquals(List.of("* 1 EXISTS", "* 1 RECENT", "* NO [NOUPDATE \"a\"] This search is kept up to date no longer"), answer(client, "b", "NOOP"));
            gateway.mail.calls().clear();
            assertEquals(List.of(), answer(client, "c", "NOOP"));
            assertEquals(false, gateway.mail.calls().contains("search"));
            gateway.mail.faults.none();
            assertEquals(List.of("* ESEARCH (TAG \"a\") COUNT 1"), answer(client, "a", "SEARCH RETURN (UPDATE COUNT) SUBJECT more"));
            assertEquals(List.of("* ESEARCH (TAG \"f\") ADDTO (0 1)"), answer(client, "d", "STORE 1 +FLAGS.SILENT (\\Flagged)"));
        }
    }

    @Test
    void anUpdateThatFailsInAnOutageIsMadeLater() throws IOException {
        try (TestGateway gateway = new TestGateway(); LineClient client = gateway.login()) {
            answer(client, "s", "SELECT INBOX");
            answer(client, "a", "SEARCH RETURN (UPDATE COUNT) SUBJECT more");
            gateway.mail.faults.only("search", Reason.UNAVAILABLE);
            gateway.mail.deliver(about("more"));
            assertEquals(List.of("* 1 EXISTS", "* 1 RECENT"), answer(client, "b", "NOOP"));
            gateway.mail.faults.none();
            assertEquals(List.of("* ESEARCH (TAG \"a\") ADDTO (0 1)"), answer(client, "c", "NOOP"));
        }
    }

    /** What a command read that failed is in the view, and was not told. */
    @Test
    void whatCameBeforeASearchAndIsToldAfterItIsAddedToIt() throws IOException {
        try (TestGateway gateway = new TestGateway(); LineClient client = gateway.login()) {
            gateway.mail.deliver(about("more"));
            answer(client, "s", "SELECT INBOX");
            gateway.mail.faults.only("messages", Reason.UNAVAILABLE);
            for (int i = 0; i < 3; i++) {
                gateway.mail.deliverUntold(about("more"));
            }
            client.send("f FETCH 1 BODY[]").expect("f NO [UNAVAILABLE]");
            gateway.mail.faults.none();
            assertEquals(List.of("* ESEARCH (TAG \"a\") COUNT 1", "* 4 EXISTS", "* 4 RECENT", "* 1 FETCH (FLAGS (\\Seen \\Recent))",
                    "* ESEARCH (TAG \"a\") ADDTO (0 2:4)"), answer(client, "a", "SEARCH RETURN (UPDATE COUNT) SUBJECT more"));
        }
    }

    @Test
    void anUpdateLooksAtSoManyMessages() throws IOException {
        try (TestGateway gateway = new TestGateway(); LineClient client = gateway.login()) {
            answer(client, "s", "SELECT INBOX");
            answer(client, "a", "SEARCH RETURN (UPDATE COUNT) SUBJECT more");
            answer(client, "u", "SEARCH RETURN (UPDATE COUNT) UNFLAGGED");
            for (int i = 0; i < 1000; i++) {
                gateway.mail.deliverUntold(about("more"));
            }
            gateway.mail.changed();
            assertEquals(List.of("* 1000 EXISTS", "* 1000 RECENT", "* ESEARCH (TAG \"a\") ADDTO (0 1:1000)", "* ESEARCH (TAG \"u\") ADDTO (0 1:1000)"),
                    answer(client, "b", "NOOP"));
            gateway.mail.deliver(about("more"));
            answer(client, "c", "NOOP");
            assertEquals(List.of("* NO [NOUPDATE \"a\"] This search is kept up to date no longer", "* ESEARCH (TAG \"u\") REMOVEFROM (0 1:1001)"),
                    answer(client, "d", "STORE 1:* +FLAGS.SILENT (\\Flagged)"), "the view knows all flags");
        }
    }

    /** What comes before the tagged reply, which is OK. */
    private static List<String> answer(LineClient client, String tag, String command) throws IOException {
        List<String> untagged = new ArrayList<>();
        String line = client.send(tag + " " + command).readLine();
        while (line.startsWith("* ")) {
            untagged.add(line);
            line = client.readLine();
        }
        assertEquals(tag + " OK", line.substring(0, tag.length() + 3), line);
        return untagged;
    }
}
