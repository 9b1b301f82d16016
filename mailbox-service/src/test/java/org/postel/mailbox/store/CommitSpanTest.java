package org.postel.mailbox.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postel.mailbox.cassandra.CassandraSession;
import org.postel.mailbox.cassandra.Cql;
import org.postel.mailbox.cassandra.SharedCassandra;
import org.postel.mailbox.content.Contents;
import org.postel.mailbox.content.Link;
import org.postel.tracing.Kind;
import org.postel.tracing.Span;
import org.postel.tracing.SpansInMemory;

/** What a collector is told of a commit. */
@Timeout(60)
@ExtendWith(SharedCassandra.class)
class CommitSpanTest {

    private final UUID account = UUID.randomUUID();
    private final UUID mailbox = UUID.randomUUID();
    private final SpansInMemory spans = new SpansInMemory();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private MailboxStore store;

    @BeforeEach
    void session(CassandraSession cassandra) {
        Cql cql = new Cql(cassandra);
        store = new MailboxStore(cql, new Contents(cql, Clock.systemUTC(), 4, Duration.ofHours(1), 1 << 20), TestStoreConfig.with(Map.of("gather", "PT1H")),
                (owner, changed, modseq) -> told.add(Span.current().spanId()), Clock.systemUTC());
        store.create(account, mailbox, 1);
        told.clear();
    }

    private NewMessage message() {
        return new NewMessage(UUID.randomUUID(), Link.unique(mailbox, 1), 10, 0, 0, List.of(), ByteString.EMPTY, ByteString.copyFromUtf8("a secret"));
    }

    @Test
    void itsStatementsAndItsNewsAreOfIt() {
        try (Span call = spans.tracing().begin(Kind.SERVER, "serve", "Append"); Span.Scope _ = call.enter()) {
            store.add(account, mailbox, List.of(message()));
        }
        SpanData commit = spans.named("commit");
        SpanData batch = spans.named("UPDATE mailbox_log");
        assertEquals(spans.named("serve Append").getSpanId(), commit.getParentSpanId());
        assertEquals(commit.getSpanId(), batch.getParentSpanId());
        assertEquals(2, batch.getAttributes().get(AttributeKey.longKey("db.operation.batch.size")));
        assertFalse(batch.getAttributes().toString().contains("secret"), batch.getAttributes().toString());
        assertTrue(batch.getAttributes().get(AttributeKey.stringKey("db.query.text")).contains("?"));
        assertEquals(List.of(commit.getSpanId()), told);
    }

    @Test
    void oneForTwoCallersIsSeenByBoth() throws InterruptedException {
        List<Thread> callers = new ArrayList<>();
        for (MailboxStore.Coming coming : List.of(store.coming(account, mailbox), store.coming(account, mailbox))) {
            callers.add(Thread.ofVirtual().start(() -> {
                try (Span call = spans.tracing().begin(Kind.SERVER, "serve", "Append"); Span.Scope _ = call.enter()) {
                    coming.add(List.of(message()));
                }
            }));
        }
        for (Thread caller : callers) {
            caller.join();
        }
        SpanData commit = spans.named("commit");
        Map<String, SpanData> calls = spans.closed().stream().filter(span -> span.getName().equals("serve Append"))
                .collect(Collectors.toMap(SpanData::getSpanId, span -> span));
        String linked = commit.getLinks().getFirst().getSpanContext().getSpanId();
        assertEquals(Set.of(commit.getParentSpanId(), linked), calls.keySet());
        assertEquals(commit.getSpanId(), calls.get(linked).getLinks().getFirst().getSpanContext().getSpanId());
        assertEquals(1, told.size());
    }

    @Test
    void withoutATraceNothingIsTold() {
        store.add(account, mailbox, List.of(message()));
        assertEquals(List.of(), spans.names());
        assertEquals(List.of(""), told);
    }
}
