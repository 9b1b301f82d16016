package org.postel.mailbox.cassandra;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.datastax.oss.driver.api.core.cql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedCassandra.class)
class CassandraSessionTest {

    @Test
    void writesCarryTheTimeOfTheDatabaseAndNotOfThePod(CassandraSession cassandra) {
        assertEquals(Statement.NO_DEFAULT_TIMESTAMP, cassandra.get().getContext().getTimestampGenerator().next());
    }
}
