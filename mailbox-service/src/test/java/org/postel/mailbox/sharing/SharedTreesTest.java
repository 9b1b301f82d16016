package org.postel.mailbox.sharing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postel.mailbox.api.v1.CreateRequest;
import org.postel.mailbox.api.v1.DeleteRequest;
import org.postel.mailbox.api.v1.Mailbox;
import org.postel.mailbox.api.v1.MailboxTree;
import org.postel.mailbox.api.v1.SubscribeRequest;
import org.postel.mailbox.cassandra.CassandraSession;
import org.postel.mailbox.cassandra.SharedCassandra;
import org.postel.mailbox.setup.MailStorage;
import org.postel.mailbox.storage.MailboxTrees;
import org.postel.mailbox.storage.Rights;
import org.postel.mailbox.store.TestStoreConfig;

/** What is told of one name is what the whole tree says of it, whosever it is. */
@ExtendWith(SharedCassandra.class)
class SharedTreesTest implements Addresses {

    private static final List<String> NAMES = List.of("INBOX", "Sent", "a", "a/b", "a/b/c", "a/bc", "a-b", "Gone", "Never", "inbox", "A", "a/", "",
            "Other Users", "Other Users/", "Other Users/ann@example.test", "Other Users/ann@example.test/", "Other Users/ann@example.test/Team",
            "Other Users/ann@example.test/Team/Open", "Other Users/ann@example.test/Team/Open/Deep", "Other Users/ann@example.test/Hidden",
            "Other Users/ann@example.test/INBOX", "Other Users/ANN@example.test/Team", "Other Users/bob@example.test/a",
            "Other Users/carl@example.test", "Other Users/carl@example.test/Alone", "Other Users/nobody@example.test/Team", "Other Users/100%@example.test/All");

    private final Map<String, UUID> accounts = new HashMap<>();
    private MailboxTrees trees;
    private SharedTrees shared;
    private UUID ann;
    private UUID bob;

    @BeforeEach
    void bobHasNames(CassandraSession cassandra) {
        trees = new MailStorage(cassandra, TestStoreConfig.with(Map.of("moment", "0s")), (account, mailbox, modseq) -> {}, message -> false,
                Clock.systemUTC()).trees();
        shared = new SharedTrees(trees, this);
        ann = newAccount("ann@example.test");
        bob = newAccount("bob@example.test");
        create(bob, "a/b/c");
        create(bob, "a/bc");
        trees.delete(bob, DeleteRequest.newBuilder().setName("a/b").build());
        create(bob, "a-b");
        create(bob, "Gone");
        subscribe("Gone");
        trees.delete(bob, DeleteRequest.newBuilder().setName("Gone").build());
    }

    private UUID newAccount(String address) {
        UUID account = UUID.randomUUID();
        trees.createAccount(account);
        accounts.put(address, account);
        return account;
    }

    private UUID create(UUID account, String name) {
        return SharedTrees.uuid(trees.create(account, CreateRequest.newBuilder().setName(name).build()).getId());
    }

    private void subscribe(String name) {
        trees.subscribe(bob, SubscribeRequest.newBuilder().setName(name).setSubscribed(true).build());
    }

    private void grant(UUID owner, String name, String rights) {
        trees.grant(owner, create(owner, name), bob, before -> Rights.of(rights));
    }

    /** Another spelling leads to an account too, as an alias does. */
    @Override
    public Optional<UUID> account(String address) {
        return Optional.ofNullable(accounts.get(address.toLowerCase(Locale.ROOT)));
    }

    @Override
    public Optional<String> address(UUID account) {
        return accounts.entrySet().stream().filter(each -> each.getValue().equals(account)).map(Map.Entry::getKey).findFirst();
    }

    private void assertToldAlike() {
        MailboxTree whole = shared.tree(bob);
        Set<String> names = new HashSet<>(NAMES);
        whole.getMailboxesList().forEach(mailbox -> names.add(mailbox.getName()));
        for (String name : names) {
            MailboxTree one = shared.tree(bob, name);
            assertEquals(whole.getMailboxesList().stream().filter(mailbox -> mailbox.getName().equals(name)).toList(), one.getMailboxesList(), name);
            assertEquals(whole.getOrphanSubscriptionsList().stream().filter(name::equals).toList(), one.getOrphanSubscriptionsList(), name);
            assertEquals(whole.getVersion(), one.getVersion(), name);
            assertEquals(0, one.getSharedByCount(), name);
            boolean inferiors = whole.getMailboxesList().stream().anyMatch(mailbox -> mailbox.getSelectable() && mailbox.getName().startsWith(name + "/"));
            assertEquals(inferiors && !OtherUsers.isReserved(name), one.getInferiors(), name);
        }
    }

    @Test
    void whereNobodyShares() {
        assertTrue(shared.tree(bob, "a/b/c").getMailboxes(0).getSelectable());
        assertFalse(shared.tree(bob, "a/b").getMailboxes(0).getSelectable());
        assertToldAlike();
    }

    @Test
    void whereOthersShare() {
        UUID carl = newAccount("carl@example.test");
        grant(ann, "Team", "lrs");
        grant(ann, "Team/Open/Deep", "lr");
        grant(ann, "Hidden", "r");
        grant(carl, "Alone", "l");
        grant(newAccount("100%@example.test"), "All", "lr");
        subscribe("Other Users/ann@example.test/Team");
        subscribe("Other Users/ann@example.test/Hidden");
        Mailbox team = shared.tree(bob, "Other Users/ann@example.test/Team").getMailboxes(0);
        assertEquals("lrs", team.getRights());
        assertTrue(team.getSubscribed());
        assertToldAlike();
    }

    @Test
    void whatIsTakenAwayIsGoneAtOnce() {
        grant(ann, "Team", "lr");
        String name = "Other Users/ann@example.test/Team";
        UUID team = SharedTrees.uuid(shared.tree(bob, name).getMailboxes(0).getId());
        trees.grant(ann, team, bob, before -> Rights.NONE);
        assertEquals(0, shared.tree(bob, name).getMailboxesCount());
        assertToldAlike();
    }
}
