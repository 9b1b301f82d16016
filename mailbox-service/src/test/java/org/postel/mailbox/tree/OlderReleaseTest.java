package org.postel.mailbox.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postel.mailbox.api.v1.ChangesRequest;
import org.postel.mailbox.api.v1.CreateRequest;
import org.postel.mailbox.cassandra.CassandraSession;
import org.postel.mailbox.cassandra.Cql;
import org.postel.mailbox.cassandra.SharedCassandra;
import org.postel.mailbox.setup.MailStorage;
import org.postel.mailbox.storage.StoreException;
import org.postel.mailbox.store.TestStoreConfig;
import org.postel.mailbox.store.Uuids;

/** During an update instances run beside this one that change the tree and know nothing of the names beside headers. */
@ExtendWith(SharedCassandra.class)
class OlderReleaseTest {

    private static final MailboxName PLANS = new MailboxName("Plans");
    private static final MailboxName OLD = new MailboxName("Old");

    private final UUID account = UUID.randomUUID();
    private CassandraSession cassandra;
    private MailStorage storage;
    private TreeTable older;
    private UUID plans;

    @BeforeEach
    void aMailboxWhoseNameItsHeaderTells(CassandraSession session) {
        cassandra = session;
        storage = new MailStorage(session, TestStoreConfig.with(Map.of("moment", "0s")), (of, mailbox, modseq) -> {}, message -> false, Clock.systemUTC());
        older = new TreeTable(new Cql(session), new RecentQuotas());
        storage.trees().createAccount(account);
        plans = Uuids.of(storage.trees().create(account, CreateRequest.newBuilder().setName("Plans").build()).getId());
        select("Plans");
        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
            while (!"Plans".equals(told())) {
                Thread.onSpinWait();
            }
        });
    }

    private String told() {
        return cassandra.get().execute("SELECT DISTINCT mailbox_id, name FROM mailbox_log WHERE mailbox_id = " + plans).one().getString("name");
    }

    private void select(String name) {
        storage.mailboxes().changes(account, ChangesRequest.newBuilder().setMailboxId(Uuids.toBytes(plans)).setName(name).setNewest(true).build(), chunk -> {});
    }

    @Test
    void aNameThatItGaveAwayIsTakenFromTheHeaderOnceTheTreeIsRead() {
        TreeState before = older.read(account);
        TreeEntry entry = before.required(PLANS);
        TreeEntry renamed = new TreeEntry(OLD, entry.mailbox(), entry.uidValidity(), entry.specialUse(), entry.subscribed(), entry.acl());
        assertTrue(older.commit(account, before, new TreeChange(List.of(TreeEntry.subscription(PLANS, false), renamed), Map.of(), List.of(),
                before.uidValidity()), UUID.randomUUID()));
        assertEquals("Plans", told());

        storage.trees().inbox(account);
        assertEquals(Optional.of(""), Optional.ofNullable(told()));
        assertThrows(StoreException.class, () -> select("Plans"));
        select("Old");
    }
}
