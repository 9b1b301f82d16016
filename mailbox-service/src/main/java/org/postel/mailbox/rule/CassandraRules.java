package org.postel.mailbox.rule;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.postel.mailbox.api.v1.StoredRules;
import org.postel.mailbox.cassandra.Cql;
import org.postel.mailbox.cassandra.UnknownOutcomeException;
import org.postel.mailbox.storage.StoreException;

/** Rules in Cassandra: table {@code mail_rule_version}, a partition for each account. */
public final class CassandraRules implements RuleStore {

    private final Cql cql;

    public CassandraRules(Cql cql) {
        this.cql = cql;
    }

    @Override
    public boolean any(UUID account) {
        return cql.read("SELECT revision FROM mail_rule_version WHERE account_id = ? LIMIT 1", account).one() != null;
    }

    @Override
    public History history(UUID account) {
        Row newest = cql.read("SELECT revision, since, rules FROM mail_rule_version WHERE account_id = ? LIMIT 1", account).one();
        if (newest == null) {
            return new History(0, Optional.empty(), List.of());
        }
        List<Instant> times = Cql.asking(() -> cql.read("SELECT since FROM mail_rule_version WHERE account_id = ?", account).all()).stream()
                .map(row -> row.getInstant("since")).filter(Objects::nonNull).toList();
        return new History(newest.getInt("revision"),
                Optional.ofNullable(newest.getInstant("since")).map(since -> new Version(since, rules(newest))), times);
    }

    @Override
    public Optional<StoredRules> at(UUID account, Instant accepted) {
        return Optional.ofNullable(cql.read("SELECT rules FROM mail_rule_version WHERE account_id = ? AND since <= ? LIMIT 1", account, accepted).one())
                .map(CassandraRules::rules);
    }

    @Override
    public boolean save(UUID account, History before, Version next, Optional<Instant> forget) {
        Integer revision = before.revision() == 0 ? null : before.revision();
        List<BoundStatement> batch = new ArrayList<>(List.of(
                cql.bind("UPDATE mail_rule_version SET revision = ? WHERE account_id = ? IF revision = ?", before.revision() + 1, account, revision),
                cql.bind("INSERT INTO mail_rule_version (account_id, since, rules) VALUES (?, ?, ?)", account, next.since(),
                        next.rules().toByteString().asReadOnlyByteBuffer())));
        forget.ifPresent(time -> batch.add(cql.bind("DELETE FROM mail_rule_version WHERE account_id = ? AND since < ?", account, time)));
        try {
            return cql.applied(batch);
        } catch (UnknownOutcomeException e) {
            // Whoever asked can read what is there and ask again.
            throw new StoreException(StoreException.Problem.UNAVAILABLE, "the outcome of a change is unknown", e);
        }
    }

    @Override
    public void removeAll(UUID account) {
        cql.write("DELETE FROM mail_rule_version WHERE account_id = ?", account);
    }

    private static StoredRules rules(Row row) {
        ByteBuffer octets = row.getByteBuffer("rules");
        try {
            return octets == null ? StoredRules.getDefaultInstance() : StoredRules.parseFrom(octets);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("rules that cannot be read", e);
        }
    }
}
