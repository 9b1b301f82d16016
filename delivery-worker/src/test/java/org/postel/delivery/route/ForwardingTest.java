package org.postel.delivery.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.postel.delivery.Fixture;
import org.postel.delivery.route.Directory.Meaning;

/** Mail to accounts that forward. */
class ForwardingTest extends Routing {

    @Test
    void anAccountForwardsAndKeepsWhatItIsToldTo() throws Exception {
        account("carol@example.test");
        forward("bob@example.test", true, "carol@example.test", "x@example.org");
        forward("dave@example.test", false, "y@example.org");
        route(Fixture.message("bob@example.test", "dave@example.test", "z@example.org"));
        assertEquals(List.of("bob@example.test", "carol@example.test"), deliveredTo());
        assertEquals(Map.of(
                "x@example.org", "alice@example.test for bob@example.test, Delivered-To: bob@example.test",
                "y@example.org", "alice@example.test for dave@example.test, Delivered-To: dave@example.test",
                "z@example.org", "alice@example.test, "), fixture.queue.relayed.stream().collect(Collectors.toMap(
                        record -> record.getRecipients(0).getAddress(),
                        record -> record.getReversePath() + ", " + record.getOutgoingFields().replace("Signed: 3\r\n", "").strip())));
        assertTrue(fixture.queue.enqueued.isEmpty());
    }

    /** A full mailbox is tried again for days: what went on must not go on each time. */
    @Test
    void aCopyThatIsTriedAgainForwardsNothingAgain() throws Exception {
        forward("bob@example.test", true, "x@example.org");
        outcomes.put("bob@example.test", Mailboxes.Stored.OVER_QUOTA);
        route(Fixture.message("bob@example.test"));
        assertEquals(1, fixture.queue.relayed.size());
        outcomes.clear();
        route(fixture.queue.retries.getFirst().message());
        assertEquals(List.of("bob@example.test", "bob@example.test"), deliveredTo());
        assertEquals(1, fixture.queue.relayed.size());
    }

    /** SAFETY row 25: within, and over another domain's server that sends it back. */
    @Test
    void forwardsInACircleEndInOneBounce() throws Exception {
        forward("bob@example.test", false, "carol@example.test");
        forward("carol@example.test", false, "bob@example.test");
        route(Fixture.message("bob@example.test"));
        assertEquals(1, fixture.queue.enqueued.size());
        assertTrue(text(fixture.queue.enqueued.getFirst()).contains("Status: 5.4.6"));
        assertTrue(fixture.queue.relayed.isEmpty() && delivered.isEmpty());
    }

    @Test
    void whatCameBackFromAForwardIsALoop() throws Exception {
        for (boolean keeps : new boolean[] {true, false}) {
            forward("bob@example.test", keeps, "x@example.org");
            route(Fixture.message("bob@example.test").toBuilder()
                    .setInline(ByteString.copyFromUtf8("Delivered-To: bob@example.test\r\n\r\nhello\r\n")).build());
            assertTrue(text(fixture.queue.enqueued.getLast()).contains("Status: 5.4.6"));
        }
        assertEquals(2, fixture.queue.enqueued.size());
        assertTrue(fixture.queue.relayed.isEmpty() && delivered.isEmpty());
    }

    /** SAFETY row 25: others have theirs, which must not hide it. */
    @Test
    void mailThatGoesRoundBehindAGroupBounces() throws Exception {
        alias("team@example.test", "ann@example.test", "bob@example.test");
        forward("ann@example.test", false, "eve@example.test");
        forward("eve@example.test", false, "ann@example.test");
        account("bob@example.test");
        route(Fixture.message("team@example.test"));
        assertEquals(List.of("bob@example.test"), deliveredTo());
        assertEquals(1, fixture.queue.enqueued.size());
        assertTrue(text(fixture.queue.enqueued.getFirst()).contains("Status: 5.4.6"));
    }

    @Test
    void whatGoesRoundAndOutIsNoLoop() throws Exception {
        alias("team@example.test", "ann@example.test");
        forward("ann@example.test", false, "eve@example.test", "x@example.org");
        forward("eve@example.test", false, "ann@example.test");
        route(Fixture.message("team@example.test"));
        assertEquals(1, fixture.queue.relayed.size());
        assertTrue(fixture.queue.enqueued.isEmpty());
    }

    @Test
    void whoKeepsACopyHasItThoughTheWayGoesInACircle() throws Exception {
        forward("bob@example.test", true, "carol@example.test");
        forward("carol@example.test", false, "bob@example.test");
        route(Fixture.message("bob@example.test"));
        assertEquals(List.of("bob@example.test"), deliveredTo());
        assertTrue(fixture.queue.enqueued.isEmpty());
    }

    /** Where all targets fail there is nobody to be told. */
    @Test
    void mailWithoutASenderIsKept() throws Exception {
        forward("bob@example.test", false, "gone@example.test", "x@example.org");
        directory.put("gone@example.test", new Meaning.Unknown());
        route(Fixture.message("bob@example.test").toBuilder().setReversePath("").build());
        assertEquals(List.of("bob@example.test"), deliveredTo());
        assertEquals("x@example.org", fixture.queue.relayed.getFirst().getRecipients(0).getAddress());
    }

    @Test
    void theSenderHearsThatAForwardDoesNotArriveUnderTheNameHeKnows() throws Exception {
        forward("bob@example.test", false, "gone@example.test");
        directory.put("gone@example.test", new Meaning.Unknown());
        route(Fixture.message("bob@example.test"));
        String notification = text(fixture.queue.enqueued.getFirst());
        assertTrue(notification.contains("rfc822; bob@example.test") && !notification.contains("gone@"), notification);
    }

    @Test
    void junkIsNotForwarded() throws Exception {
        forward("bob@example.test", false, "x@example.org");
        route(Fixture.message("bob@example.test").toBuilder().setJunk(true).build());
        assertEquals(List.of("bob@example.test"), deliveredTo());
        assertTrue(fixture.queue.relayed.isEmpty());
    }

    /** RFC 3461 §5.2.7.3: one notice, of that it went on to several. */
    @Test
    void whoForwardsAndKeepsConfirmsOnce() throws Exception {
        forward("bob@example.test", true, "x@example.org");
        route(Fixture.asking("SUCCESS", "bob@example.test"));
        assertEquals(1, fixture.queue.enqueued.size());
        assertTrue(text(fixture.queue.enqueued.getFirst()).contains("Action: expanded"));
    }
}
