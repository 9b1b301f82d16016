package org.postel.mailbox.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postel.mailbox.api.MailboxState;
import org.postel.mailbox.api.UidSet;
import org.postel.mailbox.api.v1.Flags;
import org.postel.mailbox.api.v1.OpenRequest;
import org.postel.mailbox.api.v1.StoreRequest;
import org.postel.mailbox.cassandra.CassandraSession;
import org.postel.mailbox.cassandra.Cql;
import org.postel.mailbox.cassandra.SharedCassandra;
import org.postel.mailbox.content.Contents;
import org.postel.mailbox.content.Link;
import org.roaringbitmap.RoaringBitmap;

@ExtendWith(SharedCassandra.class)
class LargeMailboxTest {

    private static final int MESSAGES = 20_000;
    private static final int PORTION = 500;

    @Test
    void twentyThousandMessagesAreOpenedAndMarkedAsOne(CassandraSession cassandra) {
        UUID account = UUID.randomUUID();
        UUID mailbox = UUID.randomUUID();
        MailboxStore store = store(cassandra);
        store.create(account, mailbox, 1);
        for (int at = 0; at < MESSAGES; at += PORTION) {
            store.add(account, mailbox, messages(mailbox));
        }
        MailboxWriter writer = new MailboxWriter(store);
        writer.store(account, StoreRequest.newBuilder().setMailboxId(Uuids.toBytes(mailbox))
                .setUids(UidSet.toBytes(RoaringBitmap.bitmapOfRange(1, MESSAGES + 1))).setAdd(Flags.newBuilder().addFlag("\\Seen")).build());
        MailboxStore cold = store(cassandra);
        long start = System.nanoTime();
        MailboxState first = open(cold, account, mailbox);
        Duration firstOpen = Duration.ofNanos(System.nanoTime() - start);
        start = System.nanoTime();
        MailboxState second = open(cold, account, mailbox);
        Duration secondOpen = Duration.ofNanos(System.nanoTime() - start);
        System.out.println("20,000 messages: cold open " + firstOpen.toMillis() + " ms, warm open " + secondOpen.toMillis() + " ms");
        assertEquals(MESSAGES, first.messages());
        assertEquals(MESSAGES, second.flag("\\Seen").getCardinality());
        assertTrue(firstOpen.toSeconds() < 20, firstOpen.toString());
    }

    private static MailboxStore store(CassandraSession cassandra) {
        Cql cql = new Cql(cassandra);
        return new MailboxStore(cql, new Contents(cql, Clock.systemUTC(), 4, Duration.ofHours(1), 1 << 20), TestStoreConfig.with(Map.of()),
                (owner, changed, modseq) -> {}, Clock.systemUTC());
    }

    private static List<NewMessage> messages(UUID mailbox) {
        List<NewMessage> messages = new ArrayList<>();
        for (int i = 0; i < PORTION; i++) {
            messages.add(new NewMessage(UUID.randomUUID(), Link.unique(mailbox, 1), 4096 + i, 1_700_000_000_000L + i, 0, List.of(), ByteString.EMPTY, ByteString.EMPTY));
        }
        return messages;
    }

    private static MailboxState open(MailboxStore store, UUID account, UUID mailbox) {
        MailboxState state = new MailboxState(LoadedMailbox.COLUMNS);
        new MailboxReader(store).open(account, OpenRequest.newBuilder().setMailboxId(Uuids.toBytes(mailbox)).build(), state::fold);
        return state;
    }
}
