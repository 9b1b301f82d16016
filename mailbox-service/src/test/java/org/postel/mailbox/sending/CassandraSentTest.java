package org.postel.mailbox.sending;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postel.mailbox.cassandra.CassandraSession;
import org.postel.mailbox.cassandra.Cql;
import org.postel.mailbox.cassandra.SharedCassandra;
import org.postel.mailbox.sending.Limits.Amount;

/** Against a real Cassandra. */
@ExtendWith(SharedCassandra.class)
@Timeout(120)
class CassandraSentTest {

    private final String scope = "account:" + UUID.randomUUID() + "@example.test";
    private CassandraSent store;

    @BeforeEach
    void open(CassandraSession session) {
        store = new CassandraSent(new Cql(session));
    }

    @Test
    void whatIsWrittenIsRead() {
        assertEquals(Sent.NOTHING, store.read(scope));
        Sent first = new Sent(1, new Amount(2, 3), 4, new Amount(5, 6), 1);
        assertTrue(store.replace(scope, Sent.NOTHING, first));
        assertEquals(first, store.read(scope));
    }

    @Test
    void ofTwoChangesOfOneStateOneApplies() {
        Sent first = new Sent(1, new Amount(2, 3), 4, new Amount(5, 6), 1);
        assertTrue(store.replace(scope, Sent.NOTHING, first));
        assertFalse(store.replace(scope, Sent.NOTHING, first));
        assertTrue(store.replace(scope, first, first.plus(new Amount(1, 1))));
        assertFalse(store.replace(scope, first, first.plus(new Amount(10, 10))));
        assertEquals(new Sent(1, new Amount(3, 4), 4, new Amount(6, 7), 2), store.read(scope));
    }

    @Test
    void twoPodsCountTogether() {
        Clock clock = Clock.fixed(Instant.parse("2026-03-01T12:20:00Z"), ZoneOffset.UTC);
        Limits three = new Limits(new Amount(3, 0), Amount.NOTHING);
        String account = scope.substring(scope.indexOf(':') + 1);
        for (int i = 0; i < 3; i++) {
            assertInstanceOf(Allowances.Answer.Granted.class, new Allowances(store, any -> OwnLimits.CONFIGURED, any -> OwnLimits.CONFIGURED, three, Limits.NONE, clock).message(account, 1));
        }
        assertEquals(new Allowances.Answer.Refused(new Excess(false, false, false, 3, Duration.ofMinutes(40))),
                new Allowances(store, any -> OwnLimits.CONFIGURED, any -> OwnLimits.CONFIGURED, three, Limits.NONE, clock).message(account, 1));
    }
}
