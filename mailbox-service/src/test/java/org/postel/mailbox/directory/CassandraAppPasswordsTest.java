package org.postel.mailbox.directory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postel.mailbox.cassandra.CassandraSession;
import org.postel.mailbox.cassandra.Cql;
import org.postel.mailbox.cassandra.SharedCassandra;
import org.postel.mailbox.identity.SessionProtocol;

@ExtendWith(SharedCassandra.class)
@Timeout(120)
class CassandraAppPasswordsTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final UUID account = UUID.randomUUID();
    private AppPasswordStore store;

    @BeforeEach
    void open(CassandraSession session) {
        store = new CassandraAppPasswords(new Cql(session));
    }

    @Test
    void oneIsReadAsItWasAdded() {
        AppPasswordStore.All none = store.all(account);
        assertTrue(store.add(account, none, password("abcd")));
        AppPassword read = store.find(account, "abcd").orElseThrow();
        assertEquals("phone", read.name());
        assertArrayEquals(new byte[] {1, 2}, read.hash());
        assertEquals(Set.of(SessionProtocol.POP3), read.protocols());
        assertEquals(NOON, read.created());
        assertEquals(Optional.empty(), store.find(UUID.randomUUID(), "abcd"));
    }

    @Test
    void ofTwoThatAreAddedToOneStateOneIs() {
        AppPasswordStore.All none = store.all(account);
        assertTrue(store.add(account, none, password("aaaa")));
        assertFalse(store.add(account, none, password("bbbb")));
        assertTrue(store.add(account, store.all(account), password("bbbb")));
        assertEquals(List.of("aaaa", "bbbb"), store.all(account).passwords().stream().map(AppPassword::id).toList());
    }

    @Test
    void aRemovedOneStaysAway() {
        store.add(account, store.all(account), password("aaaa"));
        AppPasswordStore.All before = store.all(account);
        assertTrue(store.remove(account, "aaaa"));
        assertFalse(store.remove(account, "aaaa"));
        store.used(account, "aaaa", new AppPassword.Use(NOON, SessionProtocol.IMAP, "192.0.2.1"));
        assertEquals(Optional.empty(), store.find(account, "aaaa"));
        assertEquals(List.of(), store.all(account).passwords());
        assertEquals(before.revision(), store.all(account).revision());
        assertTrue(store.add(account, store.all(account), password("cccc")));
        store.removeAll(account);
        assertEquals(List.of(), store.all(account).passwords());
    }

    @Test
    void aUseIsKept() {
        AppPassword.Use use = new AppPassword.Use(NOON, SessionProtocol.IMAP, "192.0.2.1");
        assertEquals(Optional.empty(), store.lastUse(account, "aaaa"));
        store.used(account, "aaaa", use);
        assertEquals(Optional.of(use), store.lastUse(account, "aaaa"));
    }

    private static AppPassword password(String id) {
        return new AppPassword(id, "phone", new byte[] {1, 2}, Set.of(SessionProtocol.POP3), NOON);
    }
}
