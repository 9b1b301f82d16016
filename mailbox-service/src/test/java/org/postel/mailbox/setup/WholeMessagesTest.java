package org.postel.mailbox.setup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postel.mailbox.api.UidSet;
import org.postel.mailbox.api.v1.MessagesChunk;
import org.postel.mailbox.api.v1.MessagesRequest;
import org.postel.mailbox.cassandra.CassandraSession;
import org.postel.mailbox.cassandra.SharedCassandra;
import org.postel.mailbox.store.Uuids;
import org.roaringbitmap.RoaringBitmap;

/** Small messages share a chunk; the end of a large one waits for no other, which might not be readable. */
@ExtendWith(SharedCassandra.class)
class WholeMessagesTest {

    @Test
    void aLargeMessageEndsWithItsChunk(CassandraSession cassandra) {
        Pod pod = new Pod(cassandra, Map.of());
        UUID account = pod.account();
        UUID inbox = pod.inbox(account);
        pod.deliver(account, UUID.randomUUID(), "Subject: 1\r\n\r\nsmall\r\n");
        pod.deliver(account, UUID.randomUUID(), "Subject: 2\r\n\r\nsmall\r\n");
        pod.append(account, inbox, "Subject: 3\r\n\r\n" + "x".repeat(100_000));
        pod.deliver(account, UUID.randomUUID(), "Subject: 4\r\n\r\nsmall\r\n");
        List<String> chunks = new ArrayList<>();
        pod.storage().mailboxes().messages(account, MessagesRequest.newBuilder().setMailboxId(Uuids.toBytes(inbox))
                .setUids(UidSet.toBytes(RoaringBitmap.bitmapOf(1, 2, 3, 4))).build(), chunk -> chunks.add(begun(chunk)));
        assertEquals(List.of("1 2 3", "", "4"), chunks);
    }

    private static String begun(MessagesChunk chunk) {
        return chunk.getPiecesList().stream().filter(piece -> piece.hasRow()).map(piece -> Integer.toString(piece.getRow().getUid())).collect(Collectors.joining(" "));
    }
}
