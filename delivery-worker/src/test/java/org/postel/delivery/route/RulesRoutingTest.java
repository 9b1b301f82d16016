package org.postel.delivery.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postel.delivery.Fixture;
import org.postel.queue.v1.Recipient;

/** Mail to accounts with rules. */
class RulesRoutingTest extends Routing {

    @Test
    void rulesFileAndFlagAndSayWhere() throws Exception {
        account("bob@example.test");
        account("carol@example.test");
        rules("bob@example.test", Filing.Copy.KEPT, "Lists");
        route(Fixture.message("bob@example.test", "carol@example.test"));
        assertEquals(List.of("Lists", ""), delivered.stream().map(copy -> copy.filing().mailbox()).toList());
        assertEquals(List.of("\\Flagged"), delivered.getFirst().filing().flags());
        assertEquals("mailbox of bob@example.test, folder Lists, rules: r", fixture.queue.traces.getFirst().getDetail());
    }

    @Test
    void whatCannotBeFiledIsInInboxAndSaysSo() throws Exception {
        account("bob@example.test");
        rules("bob@example.test", Filing.Copy.KEPT, "Gone");
        outcomes.put("bob@example.test", Mailboxes.Stored.IN_INBOX);
        route(Fixture.message("bob@example.test"));
        assertEquals("mailbox of bob@example.test, folder Gone, rules: r; it could not be put there and is in INBOX",
                fixture.queue.traces.getFirst().getDetail());
        assertTrue(fixture.queue.retries.isEmpty());
    }

    @Test
    void rulesDiscardWithoutAWordToTheSender() throws Exception {
        account("bob@example.test");
        rules("bob@example.test", Filing.Copy.DISCARDED, "");
        route(Fixture.asking("SUCCESS,FAILURE", "bob@example.test"));
        assertTrue(delivered.isEmpty());
        assertEquals(List.of("discarded"), fixture.queue.steps());
        assertTrue(text(fixture.queue.enqueued.getFirst()).contains("Action: delivered"), "it can be found out whose rules discard");
    }

    @Test
    void rulesSendOnAsAnAccountThatForwards() throws Exception {
        account("bob@example.test");
        account("carol@example.test");
        rules("bob@example.test", Filing.Copy.KEPT, "Lists", "carol@example.test", "x@example.org");
        rules("carol@example.test", Filing.Copy.SENT_ON, "", "y@example.org", "bob@example.test");
        route(Fixture.message("bob@example.test"));
        assertEquals(List.of("bob@example.test"), deliveredTo());
        assertEquals(List.of("x@example.org", "y@example.org"),
                fixture.queue.relayed.stream().flatMap(record -> record.getRecipientsList().stream()).map(Recipient::getAddress).sorted().toList());
        assertTrue(fixture.queue.relayed.stream().allMatch(record -> record.getOutgoingFields().startsWith("Delivered-To: ")));
        assertTrue(fixture.queue.relayed.stream().allMatch(record -> record.getReversePath().endsWith("for bob@example.test")));
    }

    /** SAFETY row 25. */
    @Test
    void rulesThatSendToEachOtherEnd() throws Exception {
        account("bob@example.test");
        account("carol@example.test");
        rules("bob@example.test", Filing.Copy.SENT_ON, "", "carol@example.test");
        rules("carol@example.test", Filing.Copy.SENT_ON, "", "bob@example.test");
        route(Fixture.message("bob@example.test"));
        assertTrue(text(fixture.queue.enqueued.getFirst()).contains("Status: 5.4.6"));
    }

    /** SAFETY row 24: nobody could be told that it did not arrive. */
    @Test
    void ofMailWithoutSenderThatRulesSendOnACopyStays() throws Exception {
        account("bob@example.test");
        rules("bob@example.test", Filing.Copy.SENT_ON, "", "x@example.org");
        route(Fixture.message("bob@example.test").toBuilder().setReversePath("").build());
        assertEquals(List.of("bob@example.test"), deliveredTo());
        assertEquals(1, fixture.queue.relayed.size());
    }

    @Test
    void whatWentOnDoesNotGoOnAgainWhenTheCopyIsTriedAgain() throws Exception {
        account("bob@example.test");
        rules("bob@example.test", Filing.Copy.KEPT, "Lists", "x@example.org");
        outcomes.put("bob@example.test", Mailboxes.Stored.OVER_QUOTA);
        route(Fixture.message("bob@example.test"));
        outcomes.clear();
        route(fixture.queue.retries.getFirst().message());
        assertEquals(1, fixture.queue.relayed.size());
        assertEquals("Lists", delivered.getLast().filing().mailbox());
    }

    @Test
    void junkAndWhatWentRoundIsNoMatterOfRules() throws Exception {
        account("bob@example.test");
        rules("bob@example.test", Filing.Copy.DISCARDED, "");
        route(Fixture.message("bob@example.test").toBuilder().setJunk(true).build());
        assertEquals(List.of(Filing.PLAIN), delivered.stream().map(Mailboxes.Copy::filing).toList());
        route(Fixture.message("bob@example.test").toBuilder().setInline(ByteString.copyFromUtf8("Delivered-To: bob@example.test\r\n\r\n")).build());
        assertTrue(text(fixture.queue.enqueued.getFirst()).contains("Status: 5.4.6"));
    }

    @Test
    void whileNobodyCanSayWhatRulesSayTheMailWaits() throws Exception {
        account("bob@example.test");
        rules("bob@example.test", Filing.Copy.KEPT, "Lists");
        rulesAway = true;
        route(Fixture.message("bob@example.test"));
        assertEquals(List.of("deferred"), fixture.queue.steps());
    }

    /** Where all mail goes on without a copy there is nothing to file. */
    @Test
    void anAccountThatKeepsNoCopyHasNoUseOfRules() throws Exception {
        forward("bob@example.test", false, "x@example.org");
        rules("bob@example.test", Filing.Copy.DISCARDED, "");
        route(Fixture.message("bob@example.test"));
        assertEquals(List.of("routed"), fixture.queue.steps());
    }
}
