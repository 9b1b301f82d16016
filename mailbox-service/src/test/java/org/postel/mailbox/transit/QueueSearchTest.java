package org.postel.mailbox.transit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.postel.mail.QueueId;
import org.postel.queue.v1.QueueEntry;

class QueueSearchTest {

    private static final String ALICE = "alice@example.test";

    private final QueueSearch search = new QueueSearch(new QueueFilter(Optional.of("remote.test"), Optional.of(ALICE)), Optional.empty(), 2);

    @Test
    void itIsOverWithEnoughAndGoesOnBehindTheLast() {
        Queued first = entry(ALICE, "bob@remote.test");
        Queued second = entry(ALICE, "carol@remote.test");
        List.of(entry(ALICE, "bob@other.test"), first, second, entry(ALICE, "dave@remote.test")).forEach(search::look);
        assertEquals(new QueueSearch.Part(List.of(first, second), Optional.of(second)), search.part());
    }

    @Test
    void theEndHasNothingBehindIt() {
        Queued one = entry(ALICE, "bob@remote.test");
        search.look(one);
        assertEquals(new QueueSearch.Part(List.of(one), Optional.empty()), search.part());
    }

    @Test
    void nobodyWaitsForAMillionThatIsNotMeant() {
        for (int i = 1; i < QueueSearch.MOST_PASSED_OVER; i++) {
            search.look(entry(ALICE, "bob@other.test"));
        }
        assertFalse(search.isOver());
        Queued last = entry(ALICE, "carol@other.test");
        search.look(last);
        assertTrue(search.isOver());
        search.look(entry(ALICE, "bob@remote.test"));
        assertEquals(new QueueSearch.Part(List.of(), Optional.of(last)), search.part());
    }

    @Test
    void theSmallerPartOfTheIndexIsLookedInto() {
        assertEquals("from:" + ALICE, new QueueFilter(Optional.of("remote.test"), Optional.of(ALICE)).scope());
        assertEquals("to:remote.test", new QueueFilter(Optional.of("remote.test"), Optional.of("")).scope(), "notifications have one sender");
        assertEquals("to:remote.test", new QueueFilter(Optional.of("remote.test"), Optional.empty()).scope());
        assertEquals("from:", new QueueFilter(Optional.empty(), Optional.of("")).scope());
    }

    private static Queued entry(String sender, String recipient) {
        return new Queued(QueueId.next(), QueueEntry.newBuilder().setSender(sender).setRecipient(recipient).build());
    }
}
