package org.postel.mailbox.setup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.ByteString;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postel.mailbox.api.v1.DeleteRequest;
import org.postel.mailbox.cassandra.CassandraSession;
import org.postel.mailbox.cassandra.SharedCassandra;
import org.postel.mailbox.storage.Rights;
import org.postel.mailbox.store.TestStoreConfig;
import org.postel.mailbox.store.Uuids;

/** What an account notes of the accounts that share with it, however these change their minds: it is what LIST looks at. */
@ExtendWith(SharedCassandra.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SharedByTest {

    private static final Rights READ = Rights.of("lr");

    private Pod pod;
    private Pod other;
    /** Done once, after the next commit to a tree and before anything else. */
    private Optional<Runnable> meanwhile = Optional.empty();
    private final List<UUID> told = new ArrayList<>();

    @BeforeAll
    void pods(CassandraSession cassandra) {
        other = new Pod(cassandra, Map.of());
        pod = new Pod(new MailStorage(cassandra, TestStoreConfig.with(Map.of()), (account, mailbox, modseq) -> {
            told.add(account);
            Optional<Runnable> now = meanwhile;
            meanwhile = Optional.empty();
            now.ifPresent(Runnable::run);
        }, message -> false, Clock.systemUTC()));
    }

    private static void grant(Pod pod, UUID owner, UUID mailbox, UUID guest, Rights rights) {
        pod.storage().trees().grant(owner, mailbox, guest, before -> rights);
    }

    private List<ByteString> sharedBy(UUID account) {
        return other.storage().trees().tree(account).getSharedByList();
    }

    @Test
    void aGrantDuringTheLastWithdrawalIsFound() {
        UUID owner = pod.account();
        UUID guest = pod.account();
        grant(pod, owner, pod.inbox(owner), guest, READ);
        UUID sent = pod.mailbox(owner, "Sent");
        meanwhile = Optional.of(() -> grant(other, owner, sent, guest, READ));
        grant(pod, owner, pod.inbox(owner), guest, Rights.NONE);
        assertEquals(List.of(Uuids.toBytes(owner)), sharedBy(guest));
        grant(pod, owner, sent, guest, Rights.NONE);
        assertEquals(List.of(), sharedBy(guest));
    }

    @Test
    void aMailboxThatIsDeletedIsSharedNoMore() {
        UUID owner = pod.account();
        UUID guest = pod.account();
        grant(pod, owner, pod.mailbox(owner, "Sent"), guest, READ);
        grant(pod, owner, pod.mailbox(owner, "Trash"), guest, READ);
        pod.storage().trees().delete(owner, DeleteRequest.newBuilder().setName("Sent").build());
        assertEquals(List.of(Uuids.toBytes(owner)), sharedBy(guest));
        pod.storage().trees().delete(owner, DeleteRequest.newBuilder().setName("Trash").build());
        assertEquals(List.of(), sharedBy(guest));
    }

    @Test
    void norAreThoseOfAnAccountThatIsDeleted() {
        UUID owner = pod.account();
        UUID guest = pod.account();
        grant(pod, owner, pod.inbox(owner), guest, READ);
        pod.storage().trees().deleteAccount(owner);
        assertEquals(List.of(), sharedBy(guest));
    }

    @Test
    void whoIsGrantedSomethingIsTold() {
        UUID owner = pod.account();
        UUID guest = pod.account();
        told.clear();
        grant(pod, owner, pod.inbox(owner), guest, READ);
        assertEquals(List.of(owner, guest), told);
    }
}
