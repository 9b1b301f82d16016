package org.postel.imap.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
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
