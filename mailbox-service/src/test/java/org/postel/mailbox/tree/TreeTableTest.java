package org.postel.mailbox.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postel.mailbox.cassandra.CassandraSession;
import org.postel.mailbox.cassandra.Cql;
import org.postel.mailbox.cassandra.SharedCassandra;
import org.postel.mailbox.storage.Quota;

/** Names that are known are read again only when they changed, whoever changed them. */
@ExtendWith(SharedCassandra.class)
class TreeTableTest {

    private final UUID account = UUID.randomUUID();
    private final RecentQuotas quotas = new RecentQuotas();
    private TreeTable table;
    private TreeState known;

    @BeforeEach
    void oneMailbox(CassandraSession session) {
        table = new TreeTable(new Cql(session), quotas);
        put("INBOX", table.read(account));
        known = table.read(account);
    }

    private void put(String name, TreeState before) {
        UUID mailbox = UUID.randomUUID();
        TreeEntry entry = new TreeEntry(new MailboxName(name), Optional.of(mailbox), 1, List.of(), true, Map.of());
        assertTrue(table.commit(account, before, new TreeChange(List.of(entry), Map.of(mailbox, 1), List.of(), 1), UUID.randomUUID()));
    }

    @Test
    void unchangedNamesAreNotReadAgain() {
        assertSame(known.entries(), table.read(account, Optional.of(known)).entries());
    }

    @Test
    void changedNamesAre() {
        put("Sent", known);
        TreeState now = table.read(account, Optional.of(known));
        assertNotSame(known.entries(), now.entries());
        assertEquals(table.read(account), now);
        assertEquals(2, now.entries().size());
    }

    @Test
    void whatAnotherSharesAndTheQuotaAreOfNowAlsoWhereNamesAreKnown() {
        UUID owner = UUID.randomUUID();
        table.share(account, owner, true);
        table.limit(account, new Quota(OptionalLong.of(1000), OptionalLong.empty()));
        assertEquals(Set.of(owner), table.read(account, Optional.of(known)).sharedBy());
        assertEquals(OptionalLong.of(1000), quotas.find(account).orElseThrow().bytes());
    }

    @Test
    void theQuotaIsReadWithoutTheNames() {
        assertEquals(Optional.empty(), table.quota(UUID.randomUUID()));
        Quota quota = new Quota(OptionalLong.empty(), OptionalLong.of(5));
        table.limit(account, quota);
        assertEquals(Optional.of(quota), table.quota(account));
        assertEquals(Optional.of(quota), quotas.find(account));
    }

    @Test
    void anAccountThatWasNeverThereIsNotTakenForKnown() {
        TreeState nobody = table.read(UUID.randomUUID());
        assertEquals(known, table.read(account, Optional.of(nobody)));
    }

    /** A mailbox that goes from the first name to the last and back is at one of them, however the pages of a read meet the changes. */
    @Test
    void namesOfSeveralPagesAreOfOneVersion(CassandraSession session) throws Exception {
        TreeTable small = new TreeTable(new Cql(session), quotas, 2);
        for (String name : List.of("b", "c", "d", "e")) {
            put(name, table.read(account));
        }
        put("AAA", table.read(account));
        UUID wanderer = table.read(account).required(new MailboxName("AAA")).mailbox().orElseThrow();
        AtomicBoolean done = new AtomicBoolean();
        Future<Integer> moves = Executors.newSingleThreadExecutor(Thread.ofVirtual().factory()).submit(() -> {
            int count = 0;
            for (; !done.get(); count++) {
                move(wanderer, count % 2 == 0 ? "AAA" : "zzz", count % 2 == 0 ? "zzz" : "AAA");
            }
            return count;
        });
        try {
            for (int i = 0; i < 200; i++) {
                TreeState read = small.read(account);
                assertEquals(1, read.entries().values().stream().filter(entry -> entry.mailbox().equals(Optional.of(wanderer))).count(), read.entries().keySet().toString());
                assertEquals(6, read.entries().size());
            }
        } finally {
            done.set(true);
        }
        assertTrue(moves.get() > 10, "the names hardly changed");
    }

    private void move(UUID mailbox, String from, String to) {
        TreeState before = table.read(account);
        TreeEntry moved = new TreeEntry(new MailboxName(to), Optional.of(mailbox), 1, List.of(), true, Map.of());
        TreeChange change = new TreeChange(List.of(TreeEntry.subscription(new MailboxName(from), false), moved), Map.of(), List.of(), 1);
        assertTrue(table.commit(account, before, change, UUID.randomUUID()));
    }
}
