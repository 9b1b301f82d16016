package org.postel.mailbox.setup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postel.mailbox.api.v1.DeleteRequest;
import org.postel.mailbox.cassandra.CassandraSession;
import org.postel.mailbox.cassandra.SharedCassandra;
import org.postel.mailbox.store.TestStoreConfig;
import org.roaringbitmap.RoaringBitmap;

/** A mailbox that is selected by its name again and again: one row tells its name and whether anything changed. */
@ExtendWith(SharedCassandra.class)
class SelectByNameTest {

    private Statements statements;
    private Pod pod;
    private Pod other;
    private UUID account;
    private UUID plans;

    @BeforeEach
    void aMailboxWhoseNameItsHeaderTells(CassandraSession cassandra) {
        statements = new Statements(cassandra);
        pod = new Pod(new MailStorage(statements, TestStoreConfig.with(Map.of("moment", "0s")), (account, mailbox, modseq) -> {},
                message -> false, Clock.systemUTC()));
        other = new Pod(cassandra, Map.of("moment", "0s"));
        account = pod.account();
        plans = pod.create(account, "Plans");
        untilOneRowTells("Plans");
    }

    /** The header tells the name as soon as the write is there that the first SELECT began. */
    private void untilOneRowTells(String name) {
        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
            do {
                statements.take();
                assertTrue(pod.opens(account, plans, name, true));
            } while (statements.take().size() > 1);
        });
    }

    @Test
    void oneRowIsRead() {
        assertTrue(pod.opens(account, plans, "Plans", true));
        List<String> read = statements.take();
        assertEquals(1, read.size(), read.toString());
        assertTrue(read.getFirst().contains("FROM mailbox_log WHERE mailbox_id = ?"), read.toString());
    }

    @Test
    void soItIsAfterAChange() {
        pod.append(account, plans, "Subject: x\r\n\r\nbody\r\n");
        pod.add(account, plans, RoaringBitmap.bitmapOf(1), "\\Seen");
        oneRowIsReadAfterwards();
    }

    private void oneRowIsReadAfterwards() {
        statements.take();
        oneRowIsRead();
    }

    @Test
    void anotherNameIsNotItsName() {
        assertFalse(pod.opens(account, plans, "Old", true));
    }

    @Test
    void aNameThatAnotherPodGaveAwayIsNotToldAnyMore() {
        other.rename(account, "Plans", "Old");
        assertFalse(pod.opens(account, plans, "Plans", true));
        untilOneRowTells("Old");
    }

    @Test
    void aMailboxThatTookTheNameIsAnotherOne() {
        other.rename(account, "Plans", "Old");
        UUID taken = other.create(account, "Plans");
        assertFalse(pod.opens(account, plans, "Plans", true));
        assertTrue(pod.opens(account, taken, "Plans", true));
    }

    @Test
    void theNamesBelowARenamedOneAreNotToldAnyMore() {
        UUID below = pod.create(account, "Plans/2027");
        assertTrue(pod.opens(account, below, "Plans/2027", true));
        other.rename(account, "Plans", "Old");
        assertFalse(pod.opens(account, below, "Plans/2027", true));
        assertTrue(pod.opens(account, below, "Old/2027", true));
    }

    @Test
    void aMailboxThatAnotherPodDeletedIsNotThere() {
        other.storage().trees().delete(account, DeleteRequest.newBuilder().setName("Plans").build());
        assertFalse(pod.opens(account, plans, "Plans", true));
    }
}
