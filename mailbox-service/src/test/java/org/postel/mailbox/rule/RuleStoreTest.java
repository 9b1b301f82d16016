package org.postel.mailbox.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postel.mailbox.api.v1.StoredRule;
import org.postel.mailbox.api.v1.StoredRules;
import org.postel.mailbox.cassandra.CassandraSession;
import org.postel.mailbox.cassandra.Cql;
import org.postel.mailbox.cassandra.SharedCassandra;
import org.postel.mailbox.rule.RuleStore.Version;

/** The contract of {@link RuleStore}, for rules in Cassandra and in memory. */
@ExtendWith(SharedCassandra.class)
@Timeout(120)
class RuleStoreTest {

    private final UUID account = UUID.randomUUID();

    @Test
    void rulesAreKeptInCassandra(CassandraSession session) {
        keepsItsContract(new CassandraRules(new Cql(session)));
    }

    @Test
    void rulesAreKeptInMemory() {
        keepsItsContract(new RulesInMemory());
    }

    private void keepsItsContract(RuleStore store) {
        RuleStore.History none = store.history(account);
        assertEquals(new RuleStore.History(0, Optional.empty(), List.of()), none);
        assertFalse(store.any(account));
        assertEquals(Optional.empty(), store.at(account, Instant.ofEpochSecond(1_000)));

        Version first = version(100, "first");
        assertTrue(store.save(account, none, first, Optional.empty()));
        assertFalse(store.save(account, none, version(101, "late"), Optional.empty()));
        assertTrue(store.any(account));
        RuleStore.History one = store.history(account);
        assertEquals(new RuleStore.History(1, Optional.of(first), List.of(first.since())), one);

        Version second = version(200, "second");
        assertTrue(store.save(account, one, second, Optional.empty()));
        assertFalse(store.save(account, one, version(201, "late"), Optional.empty()));
        assertEquals(Optional.empty(), store.at(account, Instant.ofEpochSecond(99)));
        assertEquals(Optional.of(first.rules()), store.at(account, Instant.ofEpochSecond(100)));
        assertEquals(Optional.of(first.rules()), store.at(account, Instant.ofEpochSecond(199)));
        assertEquals(Optional.of(second.rules()), store.at(account, Instant.ofEpochSecond(200)));

        Version third = version(300, "third");
        assertTrue(store.save(account, store.history(account), third, Optional.of(second.since())));
        assertEquals(List.of(third.since(), second.since()), store.history(account).times());
        assertEquals(3, store.history(account).revision());
        assertEquals(Optional.empty(), store.at(account, Instant.ofEpochSecond(150)));
        assertEquals(Optional.of(second.rules()), store.at(account, Instant.ofEpochSecond(299)));

        store.removeAll(account);
        assertFalse(store.any(account));
        assertEquals(none, store.history(account));
    }

    private static Version version(long second, String name) {
        return new Version(Instant.ofEpochSecond(second), StoredRules.newBuilder().addRules(StoredRule.newBuilder().setName(name)).build());
    }
}
