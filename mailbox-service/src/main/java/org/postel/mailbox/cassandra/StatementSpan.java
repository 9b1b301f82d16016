package org.postel.mailbox.cassandra;

import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postel.tracing.Kind;
import org.postel.tracing.Span;

/** The spans of statements. They show the text with its question marks and never a value: values are people's mail. */
final class StatementSpan {

    private static final Pattern TABLE = Pattern.compile("\\b(?:FROM|INTO|UPDATE)\\s+(\\w+)");

    private StatementSpan() {}

    /** Of one statement, or of a batch, which is named by the text of its first. */
    static Span of(Statement<?> statement) {
        return Span.current().recording() && statement instanceof BoundStatement bound ? span(text(bound)) : Span.NONE;
    }

    static Span of(List<? extends BatchableStatement<?>> batch) {
        return batch.isEmpty() || !Span.current().recording() || !(batch.getFirst() instanceof BoundStatement first) ? Span.NONE
                : span(text(first)).put("db.operation.batch.size", batch.size());
    }

    private static String text(BoundStatement statement) {
        return statement.getPreparedStatement().getQuery();
    }

    private static Span span(String cql) {
        Matcher table = TABLE.matcher(cql);
        return Span.current().child(Kind.CLIENT, verb(cql), table.find() ? table.group(1) : "")
                .put("db.system.name", "cassandra").put("db.query.text", cql);
    }

    private static String verb(String cql) {
        return cql.substring(0, cql.indexOf(' '));
    }
}
