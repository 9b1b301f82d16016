package org.postel.mailbox.cassandra;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.NoNodeAvailableException;
import com.datastax.oss.driver.api.core.RequestThrottlingException;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import com.datastax.oss.driver.api.core.cql.BatchType;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.Statement;
import com.datastax.oss.driver.api.core.servererrors.QueryValidationException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.postel.mailbox.storage.StoreException;
import org.postel.mailbox.storage.StoreException.Problem;
import org.postel.tracing.Span;

/**
 * Prepared statements with the consistency each kind of access has. A driver's error becomes UNAVAILABLE, but for a
 * conditional write, whose outcome may be unknown.
 */
public final class Cql {

    private final Supplier<CqlSession> session;
    private final Map<String, PreparedStatement> prepared = new ConcurrentHashMap<>();

    public Cql(Supplier<CqlSession> session) {
        this.session = session;
    }

    /** A statement with its values; safe to repeat. */
    public BoundStatement bind(String cql, Object... values) {
        PreparedStatement statement = prepared.get(cql);
        if (statement == null) {
            statement = asking(() -> session.get().prepare(cql));
            prepared.put(cql, statement);
        }
        return statement.bind(values).setIdempotent(true);
    }

    /** Reads at LOCAL_QUORUM; the rows come in pages as they are taken. */
    public ResultSet read(String cql, Object... values) {
        return execute(bind(cql, values));
    }

    /** As {@link #read}, with so many rows in a page. */
    public ResultSet readPages(int rows, String cql, Object... values) {
        return execute(bind(cql, values).setPageSize(rows));
    }

    /** As {@link #read}, to be waited for with {@link #settle}. */
    public CompletionStage<AsyncResultSet> readAsync(String cql, Object... values) {
        return ask(bind(cql, values));
    }

    /** As {@link #readAsync}, with so many rows in a page. */
    public CompletionStage<AsyncResultSet> readPagesAsync(int rows, String cql, Object... values) {
        return ask(bind(cql, values).setPageSize(rows));
    }

    private CompletionStage<AsyncResultSet> ask(BoundStatement statement) {
        Span span = StatementSpan.of(statement);
        CompletionStage<AsyncResultSet> answer = asking(() -> session.get().executeAsync(statement));
        span.closeAfter(answer);
        return answer;
    }

    /** Reads at LOCAL_SERIAL: conditional writes that are under way are finished or shut out first. */
    public Optional<Row> serial(String cql, Object... values) {
        return Optional.ofNullable(execute(bind(cql, values).setConsistencyLevel(ConsistencyLevel.LOCAL_SERIAL)).one());
    }

    /** Writes at LOCAL_QUORUM, without condition. */
    public void write(String cql, Object... values) {
        execute(bind(cql, values));
    }

    /** As {@link #write}, to be waited for with {@link #settle}. */
    public CompletionStage<?> writeAsync(Statement<?> statement) {
        Span span = StatementSpan.of(statement);
        CompletionStage<?> answer = session.get().executeAsync(statement);
        span.closeAfter(answer);
        return answer;
    }

    /** Several writes to one partition, without condition: one mutation. */
    public void writeTogether(List<? extends BatchableStatement<?>> statements) {
        execute(together(statements));
    }

    /**
     * As {@link #writeTogether(List)}, older than what has a higher timestamp and newer than what has a lower one.
     *
     * @param timestamp of its cells; tells order and no time
     */
    public void writeTogether(List<? extends BatchableStatement<?>> statements, long timestamp) {
        try (Span _ = StatementSpan.of(statements)) {
            BatchStatement batch = together(statements).setQueryTimestamp(timestamp);
            asking(() -> session.get().execute(batch));
        }
    }

    /** Several writes to one partition as one. */
    public BatchStatement together(List<? extends BatchableStatement<?>> statements) {
        return BatchStatement.newInstance(BatchType.UNLOGGED).addAll(statements).setIdempotent(true);
    }

    /**
     * A batch in one partition with a condition.
     *
     * @return whether it was applied
     * @throws UnknownOutcomeException when that is not known
     */
    public boolean applied(List<? extends BatchableStatement<?>> statements) throws UnknownOutcomeException {
        try (Span _ = StatementSpan.of(statements)) {
            BatchStatement batch = BatchStatement.newInstance(BatchType.UNLOGGED).addAll(statements);
            return session.get().execute(batch.setIdempotent(false)).wasApplied();
        } catch (NoNodeAvailableException | RequestThrottlingException e) {
            throw unavailable(e);
        } catch (QueryValidationException e) {
            throw e;
        } catch (DriverException e) {
            throw new UnknownOutcomeException(e);
        }
    }

    /** Waits for a write, or a read. */
    public static void settle(CompletionStage<?> call) {
        try {
            call.toCompletableFuture().join();
        } catch (RuntimeException e) {
            throw e.getCause() instanceof DriverException cause ? unavailable(cause) : e;
        }
    }

    private ResultSet execute(Statement<?> statement) {
        try (Span _ = StatementSpan.of(statement)) {
            return asking(() -> session.get().execute(statement));
        }
    }

    /** Runs something that asks the driver, such as taking rows of a result that come in pages. */
    public static <T> T asking(Supplier<T> question) {
        try {
            return question.get();
        } catch (QueryValidationException e) {
            throw e;
        } catch (DriverException e) {
            throw unavailable(e);
        }
    }

    private static StoreException unavailable(DriverException e) {
        return new StoreException(Problem.UNAVAILABLE, "Cassandra: " + e.getMessage(), e);
    }
}
