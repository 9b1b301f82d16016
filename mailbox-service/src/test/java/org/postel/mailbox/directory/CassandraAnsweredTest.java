package org.postel.mailbox.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postel.mailbox.cassandra.CassandraSession;
import org.postel.mailbox.cassandra.Cql;
import org.postel.mailbox.cassandra.SharedCassandra;

@ExtendWith(SharedCassandra.class)
@Timeout(120)
class CassandraAnsweredTest {

    private static final Duration WEEK = Duration.ofDays(7);

    private final UUID account = UUID.randomUUID();
    private final UUID mail = UUID.randomUUID();

    @Test
    void aSenderIsAnsweredOnceAndTheSameMailAgain(CassandraSession session) {
        Answered answered = new CassandraAnswered(new Cql(session));
        assertTrue(answered.first(account, "v", "Carol@example.org", mail, WEEK));
        assertTrue(answered.first(account, "v", "carol@example.org", mail, WEEK));
        assertFalse(answered.first(account, "v", "carol@example.org", UUID.randomUUID(), WEEK));
        assertTrue(answered.first(account, "w", "carol@example.org", UUID.randomUUID(), WEEK));
        assertTrue(answered.first(account, "v", "dave@example.org", UUID.randomUUID(), WEEK));
    }

    @Test
    void ofManyWorkersOneAnswers(CassandraSession session) throws Exception {
        Answered answered = new CassandraAnswered(new Cql(session));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> asked = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                asked.add(threads.submit(() -> answered.first(account, "v", "carol@example.org", UUID.randomUUID(), WEEK)));
            }
            int answers = 0;
            for (Future<Boolean> each : asked) {
                answers += each.get() ? 1 : 0;
            }
            assertEquals(1, answers);
        }
    }
}
