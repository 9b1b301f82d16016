package org.postel.mailbox.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.postel.mailbox.api.v1.MessageRow;
import org.postel.mailbox.storage.StoreException;

class ArrivedIdsTest {

    private static MessageRow row(int uid, long savedAt) {
        return MessageRow.newBuilder().setUid(uid).setSavedAt(savedAt).setMessageId(id(uid)).build();
    }

    private static ByteString id(int uid) {
        return ByteString.copyFromUtf8("message " + uid);
    }

    @Test
    void aStateThatWasJustLoadedKnowsNothingOfWhatWasBefore() {
        ArrivedIds arrived = new ArrivedIds(10, 100);
        assertFalse(arrived.coverSince(0));
        assertThrows(StoreException.class, () -> arrived.find(id(5), 9));
        assertEquals(OptionalInt.empty(), arrived.find(id(5), 10));
    }

    @Test
    void anEmptyMailboxIsKnownFromItsFirstMessage() {
        ArrivedIds arrived = new ArrivedIds(1, 100);
        assertTrue(arrived.coverSince(0));
        arrived.add(row(1, 50));
        assertEquals(OptionalInt.of(1), arrived.find(id(1), 1));
    }

    @Test
    void whatTheLogToldCoversTheTimeItReachesBackTo() {
        ArrivedIds arrived = new ArrivedIds(10, 100);
        arrived.add(row(10, 1000));
        arrived.addBefore(List.of(row(9, 900), row(8, 800)), 10, false);
        assertTrue(arrived.coverSince(801));
        assertFalse(arrived.coverSince(800));
        assertEquals(OptionalInt.of(8), arrived.find(id(8), 10));
        assertEquals(8, arrived.fromUid());
    }

    @Test
    void aGapIsNotClosed() {
        ArrivedIds arrived = new ArrivedIds(10, 100);
        arrived.addBefore(List.of(row(7, 700)), 8, true);
        assertEquals(10, arrived.fromUid());
    }

    @Test
    void theOldestAreForgottenAndAskedForAgain() {
        ArrivedIds arrived = new ArrivedIds(1, 4);
        for (int uid = 1; uid <= 9; uid++) {
            arrived.add(row(uid, uid * 100));
        }
        assertEquals(5, arrived.fromUid());
        assertFalse(arrived.coverSince(500));
        assertTrue(arrived.coverSince(501));
        assertEquals(OptionalInt.empty(), arrived.find(id(4)));
        assertEquals(OptionalInt.of(5), arrived.find(id(5), 9));
        assertThrows(StoreException.class, () -> arrived.find(id(4), 4));
    }
}
