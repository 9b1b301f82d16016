package org.postel.delivery.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.postel.delivery.Fixture;
import org.postel.queue.v1.QueuedMessage;
import org.postel.queue.v1.Recipient;

/** Mail to aliases and lists. */
class AliasRoutingTest extends Routing {

    /** SRS: what an alias sends to another domain goes in its name, what the sender sent there himself does not. */
    @Test
    void forwardedMailGoesOnInTheNameOfItsForwarder() throws Exception {
        alias("team@example.test", "x@example.org", "y@example.org", "all@example.test");
        alias("all@example.test", "z@example.net");
        route(Fixture.message("team@example.test", "direct@example.org"));
        Map<String, List<String>> senders = fixture.queue.relayed.stream().collect(Collectors.toMap(
                record -> record.getRelayDomain() + " " + record.getReversePath(),
                record -> record.getRecipientsList().stream().map(Recipient::getAddress).toList()));
        assertEquals(Map.of("example.org alice@example.test for team@example.test", List.of("x@example.org", "y@example.org"),
                "example.org alice@example.test", List.of("direct@example.org"),
                "example.net alice@example.test for team@example.test", List.of("z@example.net")), senders);
    }

    @Test
    void aliasReachesEveryMailboxOnce() throws Exception {
        account("bob@example.test");
        account("carol@example.test");
        alias("team@example.test", "bob@example.test", "all@example.test", "x@example.org");
        alias("all@example.test", "bob@example.test", "carol@example.test", "team@example.test");
        route(Fixture.message("team@example.test", "bob@example.test", "all@example.test"));
        assertEquals(2, delivered.size());
        assertEquals("team@example.test", fixture.queue.relayed.getFirst().getRecipients(0).getOriginal());
        assertTrue(fixture.queue.enqueued.isEmpty());
    }

    /** SAFETY row 25. */
    @Test
    void aliasCycleEndsInOneBounce() throws Exception {
        alias("a@example.test", "b@example.test");
        alias("b@example.test", "a@example.test");
        route(Fixture.message("a@example.test"));
        assertEquals(1, fixture.queue.enqueued.size());
        assertTrue(text(fixture.queue.enqueued.getFirst()).contains("Status: 5.4.6"));
    }

    @Test
    void aliasChainThatIsTooLongEnds() throws Exception {
        for (int i = 0; i < 30; i++) {
            alias("a" + i + "@example.test", "a" + (i + 1) + "@example.test");
        }
        route(Fixture.message("a0@example.test"));
        assertTrue(text(fixture.queue.enqueued.getFirst()).contains("Status: 5.4.6"));
    }

    /** RFC 3461 §5.2.7.3 (c). */
    @Test
    void aListAnswersForItsMembersWhoConfirmNothing() throws Exception {
        account("bob@example.test");
        alias("team@example.test", "bob@example.test", "carol@example.org", "team@example.test");
        route(Fixture.asking("SUCCESS,FAILURE", "team@example.test"));
        assertEquals(1, fixture.queue.enqueued.size());
        String notification = text(fixture.queue.enqueued.getFirst());
        assertTrue(notification.contains("Final-Recipient: rfc822; team@example.test\r\nAction: expanded\r\n"), notification);
        assertEquals("FAILURE", fixture.queue.relayed.getFirst().getRecipients(0).getNotify());
    }

    @Test
    void membersOfAListStaySilentWhenOnlySuccessWasAskedFor() throws Exception {
        alias("team@example.test", "dave@example.org", "carol@example.org");
        route(Fixture.asking("SUCCESS", "team@example.test"));
        assertEquals("NEVER", fixture.queue.relayed.getFirst().getRecipients(0).getNotify());
    }

    @Test
    void theOnlyTargetOfAnAliasTakesOverWhatTheSenderWants() throws Exception {
        alias("sales@example.test", "carol@example.org");
        route(Fixture.asking("SUCCESS", "sales@example.test"));
        assertEquals("SUCCESS", fixture.queue.relayed.getFirst().getRecipients(0).getNotify());
        assertTrue(fixture.queue.enqueued.isEmpty());
    }

    @Test
    void aRecipientOfHisOwnIsConfirmedAlsoWhenAListLeadsThereToo() throws Exception {
        account("bob@example.test");
        alias("team@example.test", "bob@example.test", "carol@example.org");
        QueuedMessage both = Fixture.message("team@example.test", "bob@example.test");
        route(both.toBuilder().setRecipients(1, both.getRecipients(1).toBuilder().setNotify("SUCCESS")).build());
        assertTrue(text(fixture.queue.enqueued.getFirst()).contains("Action: delivered"));
    }
}
