package org.postel.mailbox.setup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postel.mailbox.api.v1.GetMetadataRequest;
import org.postel.mailbox.api.v1.GetMetadataRequest.Depth;
import org.postel.mailbox.api.v1.MailboxMetadata;
import org.postel.mailbox.api.v1.MetadataEntry;
import org.postel.mailbox.api.v1.SetMetadataRequest;
import org.postel.mailbox.api.v1.SetMetadataResponse;
import org.postel.mailbox.api.v1.SetMetadataResponse.RefusedCase;
import org.postel.mailbox.cassandra.CassandraSession;
import org.postel.mailbox.cassandra.SharedCassandra;
import org.postel.mailbox.storage.CommitListener;
import org.postel.mailbox.storage.StoreException;
import org.postel.mailbox.store.TestStoreConfig;
import org.postel.mailbox.store.Uuids;

/** RFC 5464 in Cassandra. */
@ExtendWith(SharedCassandra.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MetadataTest {

    private Pod pod;
    private Pod other;

    @BeforeAll
    void pods(CassandraSession cassandra) {
        Map<String, String> limits = Map.of("metadata.value", "100", "metadata.entries", "5", "metadata.octets", "200");
        pod = new Pod(cassandra, limits);
        other = new Pod(cassandra, limits);
    }

    private static SetMetadataResponse set(Pod pod, UUID writer, UUID owner, UUID mailbox, String... namesAndValues) {
        SetMetadataRequest.Builder request = SetMetadataRequest.newBuilder().setMailboxId(Uuids.toBytes(mailbox));
        for (int i = 0; i < namesAndValues.length; i += 2) {
            MetadataEntry.Builder entry = MetadataEntry.newBuilder().setName(namesAndValues[i]);
            if (namesAndValues[i + 1] != null) {
                entry.setValue(ByteString.copyFromUtf8(namesAndValues[i + 1]));
            }
            request.addEntries(entry);
        }
        return pod.storage().metadata().set(writer, owner, request.build());
    }

    private static String get(Pod pod, UUID reader, UUID owner, UUID mailbox, Depth depth, String... names) {
        return told(pod.storage().metadata().get(reader, owner, GetMetadataRequest.newBuilder().addMailboxId(Uuids.toBytes(mailbox))
                .setDepth(depth).addAllEntry(List.of(names)).build()).getMailboxes(0));
    }

    private static String told(MailboxMetadata metadata) {
        return metadata.getEntriesList().stream().map(entry -> entry.getName() + (entry.hasValue() ? "=" + entry.getValue().toStringUtf8() : ""))
                .collect(Collectors.joining(" "));
    }

    @Test
    void whatOnePodSetsAnotherReadsByNameAndDepth() {
        UUID account = pod.account();
        UUID inbox = pod.inbox(account);
        set(pod, account, account, inbox, "/private/A", "one", "/private/a/b", "two", "/private/a/b/c", "three", "/private/ab", "no");
        assertEquals("/private/a=one /private/x", get(other, account, account, inbox, Depth.ZERO, "/private/a", "/private/x"));
        assertEquals("/private/a=one /private/a/b=two", get(other, account, account, inbox, Depth.ONE, "/private/a"));
        assertEquals("/private/a=one /private/a/b=two /private/a/b/c=three", get(other, account, account, inbox, Depth.INFINITY, "/private/a"));
        set(other, account, account, inbox, "/private/a", null, "/private/a/b", "new");
        assertEquals("/private/a/b=new /private/a/b/c=three /private/ab=no", get(pod, account, account, inbox, Depth.INFINITY, "/private"));
    }

    @Test
    void whoseAnnotationsChangedIsToldWhich(CassandraSession cassandra) {
        List<String> told = new ArrayList<>();
        Pod telling = new Pod(new MailStorage(cassandra, TestStoreConfig.with(Map.of()), new CommitListener() {
            @Override
            public void committed(UUID account, Optional<UUID> mailbox, long modseq) {
                // The accounts' names.
            }

            @Override
            public void annotated(UUID account, Optional<UUID> mailbox, Collection<String> entries) {
                told.add(account + " " + mailbox.map(UUID::toString).orElse("-") + " " + new TreeSet<>(entries));
            }
        }, message -> false, Clock.systemUTC()));
        UUID owner = telling.account();
        UUID guest = telling.account();
        UUID inbox = telling.inbox(owner);
        set(telling, guest, owner, inbox, "/shared/b", "1", "/private/x", "2", "/shared/a", "3");
        assertEquals(List.of(owner + " " + inbox + " [/shared/a, /shared/b]", guest + " " + inbox + " [/private/x]"), told);
        told.clear();
        telling.storage().metadata().set(owner, owner, SetMetadataRequest.newBuilder()
                .addEntries(MetadataEntry.newBuilder().setName("/private/y").setValue(ByteString.copyFromUtf8("z"))).build());
        assertEquals(List.of(owner + " - [/private/y]"), told);
    }

    @Test
    void anAccountThatIsDeletedTakesItsAnnotationsAlong(CassandraSession cassandra) {
        UUID owner = pod.account();
        UUID gone = pod.account();
        UUID inbox = pod.inbox(owner);
        set(pod, gone, owner, inbox, "/private/a", "at another's mailbox");
        pod.storage().metadata().set(gone, gone, SetMetadataRequest.newBuilder()
                .addEntries(MetadataEntry.newBuilder().setName("/private/b").setValue(ByteString.copyFromUtf8("of the account"))).build());
        pod.storage().trees().deleteAccount(gone);
        new Pod(cassandra, Map.of(), Clock.offset(Clock.systemUTC(), Duration.ofDays(40))).storage().sweeper().sweep(() -> true);
        assertEquals("", get(pod, gone, owner, inbox, Depth.INFINITY, "/private"));
        assertEquals("", told(pod.storage().metadata().get(gone, gone, GetMetadataRequest.newBuilder()
                .setDepth(Depth.INFINITY).addEntry("/private").build()).getMailboxes(0)));
    }

    @Test
    void limitsHoldOverAllMailboxesAndRefuseAll() {
        UUID account = pod.account();
        UUID inbox = pod.inbox(account);
        UUID sent = pod.mailbox(account, "Sent");
        assertEquals(100, set(pod, account, account, inbox, "/private/a", "x", "/private/b", "x".repeat(101)).getMostOctets());
        assertEquals("/private/a", get(pod, account, account, inbox, Depth.ZERO, "/private/a"));
        set(pod, account, account, inbox, "/private/a", "1", "/private/b", "2", "/private/c", "3");
        assertTrue(set(pod, account, account, sent, "/private/a", "4", "/private/b", "5", "/private/c", "6").getTooMany());
        assertEquals("", get(pod, account, account, sent, Depth.INFINITY, "/private"));
        assertTrue(set(pod, account, account, sent, "/private/a", "x".repeat(100), "/private/b", "x".repeat(60)).getTooMany(), "octets");
        assertEquals(RefusedCase.REFUSED_NOT_SET, set(pod, account, account, inbox, "/private/a", null).getRefusedCase());
        assertEquals(RefusedCase.REFUSED_NOT_SET, set(pod, account, account, sent, "/private/a", "4", "/private/b", "5").getRefusedCase());
    }

    @Test
    void manyAtOncePassNoLimit() throws Exception {
        UUID account = pod.account();
        UUID inbox = pod.inbox(account);
        List<Future<SetMetadataResponse>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 8; i++) {
                String name = "/private/n" + i;
                Pod asked = i % 2 == 0 ? pod : other;
                answers.add(threads.submit(() -> set(asked, account, account, inbox, name, "x")));
            }
        }
        int set = 0;
        for (Future<SetMetadataResponse> answer : answers) {
            set += answer.get().getTooMany() ? 0 : 1;
        }
        assertEquals(5, set);
    }

    @Test
    void sharedEntriesAreTheOwnersAndPrivateOnesWhoseTheyAre() {
        UUID owner = pod.account();
        UUID guest = pod.account();
        UUID inbox = pod.inbox(owner);
        set(pod, owner, owner, inbox, "/private/comment", "owner's", "/shared/comment", "for all");
        set(pod, guest, owner, inbox, "/private/comment", "guest's");
        assertEquals("/private/comment=guest's /shared/comment=for all", get(pod, guest, owner, inbox, Depth.ZERO, "/private/comment", "/shared/comment"));
        assertEquals("/private/comment=owner's", get(pod, owner, owner, inbox, Depth.ZERO, "/private/comment"));
    }

    @Test
    void namesThatAreNoneAreRefused() {
        UUID account = pod.account();
        for (String name : List.of("/private", "comment", "/other/x", "/private/", "/private//x", "/private/a*", "/private/\u00e4", "/private/" + "x".repeat(200))) {
            assertEquals(StoreException.Problem.INVALID, assertThrows(StoreException.class,
                    () -> set(pod, account, account, pod.inbox(account), name, "x")).problem(), name);
        }
    }
}
