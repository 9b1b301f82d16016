package org.postel.mailbox.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postel.mailbox.cassandra.CassandraSession;
import org.postel.mailbox.cassandra.Cql;
import org.postel.mailbox.cassandra.SharedCassandra;
import org.postel.mailbox.content.Contents;
import org.postel.mailbox.content.Link;
import org.postel.mailbox.setup.CutOff;
import org.roaringbitmap.RoaringBitmap;

/** A log is folded: what was expunged goes, and its content is let go. */
@ExtendWith(SharedCassandra.class)
class FoldTest {

    private static final int PORTION = 500;
    private static final StoreConfig CONFIG = TestStoreConfig.with(Map.of("resync-horizon", "0s", "snapshot-after", "1000000"));

    private final UUID account = UUID.randomUUID();
    private final UUID mailbox = UUID.randomUUID();
    private CutOff cassandra;
    private Cql cql;
    private Contents contents;
    private MailboxStore store;

    @BeforeEach
    void emptyMailbox(CassandraSession session) {
        cassandra = new CutOff(session);
        cql = new Cql(cassandra);
        contents = new Contents(cql, Clock.systemUTC(), 4, Duration.ofHours(1), 1 << 20);
        store = new MailboxStore(cql, contents, CONFIG, (owner, changed, modseq) -> {}, Clock.systemUTC());
        store.create(account, mailbox, 1);
    }

    @Test
    void anExpungeOfMoreThanABatchCarriesIsFolded() {
        expungeAll(11_000);
    }

    /** Rows that are removed one by one stand before all others for days: the node refuses to pass over 10,000 of them. */
    @Test
    void aMailboxIsReadPastAnyNumberOfRowsThatWereRemoved() {
        for (int i = 0; i < 24; i++) {
            add(PORTION);
        }
        for (int parity = 0; parity < 2; parity++) {
            RoaringBitmap some = new RoaringBitmap();
            for (int uid = 1 + parity; uid <= 24 * PORTION; uid += 2) {
                some.add(uid);
            }
            store.submit(account, mailbox, new Expunge(Optional.of(some), new Expunge.Which.Named(OptionalLong.empty())));
            snapshot();
            fold();
        }
        UUID kept = add(1).getFirst();
        assertEquals(1, opened().header().mailbox().getMessages());
        assertTrue(linked(kept));
    }

    @Test
    void aFoldThatWasCutOffIsCompletedByTheNext() {
        for (int through = 1; through < 6; through++) {
            cassandra.after(Integer.MAX_VALUE, 0);
            UUID kept = add(1).getFirst();
            List<UUID> gone = add(1_200);
            expunge();
            snapshot();
            cassandra.after(through, Integer.MAX_VALUE);
            new LogFolder(cql, store.log(), contents, CONFIG, Clock.systemUTC()).fold(opened());
            cassandra.after(Integer.MAX_VALUE, 0);
            fold();
            assertFolded(gone);
            assertFalse(linked(kept));
        }
    }

    /** More changes than are looked at together, all of them before the log began anew. */
    @Test
    void aLogThatBeganAnewLetsGoWhatWasExpungedBefore() {
        List<UUID> gone = new ArrayList<>();
        for (int i = 0; i < 210; i++) {
            gone.addAll(add(1));
            expunge();
        }
        UUID kept = add(1).getFirst();
        new RestoredMailboxes(cql, store).advance(account, mailbox);
        fold();
        assertFolded(List.of(gone.getFirst(), gone.getLast()));
        assertTrue(linked(kept));
        gone = add(3);
        store.submit(account, mailbox, new Expunge(Optional.of(RoaringBitmap.bitmapOf(212 + (int) RestoredMailboxes.UIDS)), new Expunge.Which.Named(OptionalLong.empty())));
        snapshot();
        fold();
        assertFolded(List.of(gone.getFirst()));
        assertTrue(linked(gone.get(1)));
    }

    private void expungeAll(int messages) {
        List<UUID> gone = new ArrayList<>();
        while (gone.size() < messages) {
            gone.addAll(add(PORTION));
        }
        expunge();
        UUID kept = add(1).getFirst();
        snapshot();
        fold();
        assertFolded(List.of(gone.getFirst(), gone.get(messages / 2), gone.getLast()));
        assertTrue(linked(kept));
        assertEquals(1, opened().header().mailbox().getMessages());
    }

    private List<UUID> add(int count) {
        List<NewMessage> messages = new ArrayList<>();
        var links = contents.links();
        for (int i = 0; i < count; i++) {
            NewMessage message = new NewMessage(UUID.randomUUID(), Link.unique(mailbox, 1), 4096, 1_700_000_000_000L, 0, List.of(),
                    ByteString.EMPTY, ByteString.copyFromUtf8("summary"));
            links.link(message.message(), message.link());
            messages.add(message);
        }
        links.settle();
        store.add(account, mailbox, messages);
        return messages.stream().map(NewMessage::message).toList();
    }

    private void expunge() {
        store.submit(account, mailbox, new Expunge(Optional.empty(), new Expunge.Which.Named(OptionalLong.empty())));
    }

    private void snapshot() {
        new SnapshotWriter(cql, store.log()).write(opened());
    }

    private void fold() {
        new LogFolder(cql, store.log(), contents, CONFIG, Clock.systemUTC()).fold(opened());
    }

    private OpenMailbox opened() {
        Committer.Ground ground = Committer.Ground.of(cql, store.log(), new LogWriter(cql, store.log(), Clock.systemUTC()), false, Duration.ZERO);
        return new OpenMailbox(mailbox, store.log(), ground.headers(), new LogLimits(200), 4000);
    }

    private void assertFolded(List<UUID> gone) {
        LogHeader header = store.log().header(mailbox).orElseThrow();
        assertEquals(0, rows(MailboxLog.CHANGE), "changes left; folded up to " + header.position().logFrom());
        assertEquals(header.mailbox().getMessages(), rows(MailboxLog.MESSAGE));
        assertEquals(0, rows(MailboxLog.UNLINK));
        gone.forEach(message -> assertFalse(linked(message), "content that is still linked to"));
    }

    private long rows(byte kind) {
        return cql.read("SELECT position FROM mailbox_log WHERE mailbox_id = ? AND kind = ?", mailbox, kind).all().size();
    }

    private boolean linked(UUID message) {
        return cql.read("SELECT name FROM content WHERE message_id = ? AND kind = 0", message).one() != null;
    }
}
