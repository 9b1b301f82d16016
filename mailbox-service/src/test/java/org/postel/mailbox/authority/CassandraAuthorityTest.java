package org.postel.mailbox.authority;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postel.mailbox.cassandra.CassandraSession;
import org.postel.mailbox.cassandra.Cql;
import org.postel.mailbox.cassandra.SharedCassandra;
import org.postel.mailbox.directory.AccountStatus;
import org.postel.mailbox.directory.CassandraDeleted;
import org.postel.mailbox.directory.DeletedInMemory;
import org.postel.mailbox.directory.DeletedStore.Deleted;
import org.postel.mailbox.directory.DeletedStore;

/** What both stores of roles and of tokens promise. */
@ExtendWith(SharedCassandra.class)
class CassandraAuthorityTest {

    @Test
    void aRoleIsGivenChangedAndTaken(CassandraSession session) {
        for (RoleStore roles : List.of(new RolesInMemory(), new CassandraRoles(new Cql(session)))) {
            UUID account = UUID.randomUUID();
            assertEquals(Optional.empty(), roles.of(account));
            roles.set(account, Optional.of(Role.GLOBAL));
            assertEquals(Map.of(account, Role.GLOBAL), roles.all());
            roles.set(account, Optional.of(Role.of(Set.of("a.test", "b.test"))));
            assertEquals(Optional.of(Role.of(Set.of("a.test", "b.test"))), roles.of(account));
            roles.set(account, Optional.empty());
            assertEquals(Optional.empty(), roles.of(account));
            assertEquals(Map.of(), roles.all());
        }
    }

    @Test
    void aDeletedAccountIsNotedAndForgotten(CassandraSession session) {
        for (DeletedStore store : List.of(new DeletedInMemory(), new CassandraDeleted(new Cql(session)))) {
            Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
            Deleted second = new Deleted(UUID.randomUUID(), "b@example.test", now.plusSeconds(1), AccountStatus.DISABLED);
            Deleted first = new Deleted(UUID.randomUUID(), "a@example.test", now, AccountStatus.ACTIVE);
            Stream.of(second, first).forEach(store::add);
            assertEquals(List.of(first, second), store.all());
            store.remove(first.account());
            assertEquals(List.of(second), store.all());
        }
    }

    @Test
    void aTokenIsKeptUntilItIsRevoked(CassandraSession session) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        ApiToken everywhere = new ApiToken("b", "ci", Set.of(Scope.QUEUE_READ, Scope.AUDIT_READ), Optional.empty(), Optional.empty(), "launcher", now,
                now.plusSeconds(3_600));
        ApiToken limited = new ApiToken("a", "ci", Set.of(Scope.ACCOUNTS_WRITE), Optional.of(Set.of("a.test")), Optional.of(UUID.randomUUID()), "x", now,
                now.plusSeconds(3_600));
        for (ApiTokenStore tokens : List.of(new TokensInMemory(), new CassandraApiTokens(new Cql(session), Clock.systemUTC()))) {
            assertEquals(Optional.empty(), tokens.find("a"));
            Stream.of(everywhere, limited).forEach(tokens::add);
            assertEquals(Optional.of(limited), tokens.find("a"));
            assertEquals(List.of(limited, everywhere), tokens.all());
            assertTrue(tokens.remove("a"));
            assertFalse(tokens.remove("a"));
            assertEquals(List.of(everywhere), tokens.all());
        }
    }
}
