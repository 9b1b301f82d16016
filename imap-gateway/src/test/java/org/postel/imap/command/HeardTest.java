package org.postel.imap.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import org.junit.jupiter.api.Test;
import org.postel.imap.command.Heard.Wanted;

class HeardTest {

    private static final ByteString INBOX = ByteString.copyFromUtf8("inbox");
    private static final ByteString SENT = ByteString.copyFromUtf8("sent");

    private final Heard heard = new Heard();

    @Test
    void whatTheViewHasReachedIsNoNews() {
        heard.follow(INBOX);
        heard.known(5);
        assertFalse(heard.committed(INBOX, 5));
        assertFalse(heard.isNews());
        assertTrue(heard.committed(INBOX, 6));
        assertTrue(heard.isNews());
        heard.known(6);
        assertFalse(heard.isNews());
    }

    @Test
    void theHighestThatWasHeardIsWanted() {
        heard.follow(INBOX);
        heard.committed(INBOX, 9);
        heard.committed(INBOX, 7);
        assertEquals(new Wanted(false, 9), heard.take());
        assertFalse(heard.isNews());
        assertEquals(new Wanted(false, 0), heard.take());
    }

    @Test
    void onlyTheMailboxThatIsFollowedCounts() {
        heard.follow(INBOX);
        assertFalse(heard.committed(SENT, 9));
        assertFalse(heard.isNews());
    }

    @Test
    void whileAMailboxIsOpenedItsNewsIsKept() {
        heard.follow(SENT);
        heard.committed(SENT, 9);
        heard.known(8);
        assertTrue(heard.isNews());
    }

    @Test
    void changedNamesWantTheNewest() {
        heard.follow(INBOX);
        heard.known(5);
        heard.anything();
        assertTrue(heard.isNews());
        assertEquals(new Wanted(true, 0), heard.take());
    }

    @Test
    void anotherMailboxBeginsWithoutNews() {
        heard.follow(INBOX);
        heard.committed(INBOX, 9);
        heard.anything();
        heard.follow(SENT);
        assertFalse(heard.isNews());
    }
}
