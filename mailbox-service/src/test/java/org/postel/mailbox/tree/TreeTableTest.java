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
    void anAccountThatWasNeverThereIsNotTakenForKnown() {
        TreeState nobody = table.read(UUID.randomUUID());
        assertEquals(known, table.read(account, Optional.of(nobody)));
    }
}
