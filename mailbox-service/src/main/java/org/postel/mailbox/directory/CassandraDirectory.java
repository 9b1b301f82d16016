package org.postel.mailbox.directory;

import com.datastax.oss.driver.api.core.cql.Row;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.postel.mailbox.cassandra.Cql;
import org.postel.mailbox.cassandra.UnknownOutcomeException;
import org.postel.mailbox.identity.SessionProtocol;
import org.postel.mailbox.sending.OwnLimits;
import org.postel.mailbox.storage.StoreException;

/** The directory in Cassandra: tables {@code domain}, {@code address}, {@code account}. */
public final class CassandraDirectory implements DirectoryStore {

    private static final Logger LOG = Logger.getLogger(CassandraDirectory.class);
    // Part of the primary key of stored rows: changing it needs a migration.
    private static final int BUCKETS = 16;
    private static final String DOMAIN = "SELECT name, postmaster, send_messages_hour, send_recipients_hour, send_messages_day, send_recipients_day FROM domain";

    // As the database orders texts, by octets of UTF-8: what comes after the last of a part must be the same to both.
    private static final Comparator<AddressEntry> ORDER =
            Comparator.comparing(entry -> entry.address().localPart().getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

    private final Cql cql;

    public CassandraDirectory(Cql cql) {
        this.cql = cql;
    }

    @Override
    public Optional<LocalDomain> domain(String name) {
        return one(DOMAIN + " WHERE name = ?", name).map(CassandraDirectory::domain);
    }

    @Override
    public List<LocalDomain> domains() {
        return all(DOMAIN).stream()
                .map(CassandraDirectory::domain)
                .sorted(Comparator.comparing(LocalDomain::name))
                .toList();
    }

    @Override
    public boolean createDomain(String name) {
        return applied("INSERT INTO domain (name, created_at) VALUES (?, ?) IF NOT EXISTS", name, Instant.now());
    }

    @Override
    public boolean deleteDomain(String name) {
        return applied("DELETE FROM domain WHERE name = ? IF EXISTS", name);
    }

    @Override
    public void setPostmaster(String domain, Optional<String> address) {
        applied("UPDATE domain SET postmaster = ? WHERE name = ? IF EXISTS", address.orElse(null), domain);
    }

    @Override
    public boolean changeSending(LocalDomain before, OwnLimits after) {
        // The day it was made too: conditions on nulls alone would make a domain of one that is gone.
        return applied("""
                UPDATE domain SET send_messages_hour = ?, send_recipients_hour = ?, send_messages_day = ?, send_recipients_day = ?
                WHERE name = ? IF send_messages_hour = ? AND send_recipients_hour = ? AND send_messages_day = ? AND send_recipients_day = ?
                AND created_at != null""",
                stored(after.messagesPerHour()), stored(after.recipientsPerHour()), stored(after.messagesPerDay()), stored(after.recipientsPerDay()),
                before.name(), stored(before.sending().messagesPerHour()), stored(before.sending().recipientsPerHour()),
                stored(before.sending().messagesPerDay()), stored(before.sending().recipientsPerDay()));
    }

    @Override
    public Optional<Destination> destination(CanonicalAddress address) {
        return one("SELECT account_id, targets FROM address WHERE domain = ? AND bucket = ? AND local_part = ?",
                address.domain(), bucket(address), address.localPart()).map(CassandraDirectory::destination);
    }

    @Override
    public List<AddressEntry> addresses(String domain) {
        List<AddressEntry> found = new ArrayList<>();
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            for (Row row : all("SELECT local_part, account_id, targets FROM address WHERE domain = ? AND bucket = ?", domain, bucket)) {
                found.add(new AddressEntry(new CanonicalAddress(row.getString("local_part"), domain), destination(row)));
            }
        }
        found.sort(ORDER);
        return found;
    }

    @Override
    public List<AddressEntry> addresses(String domain, Optional<String> after, int limit) {
        String columns = "SELECT local_part, account_id, targets FROM address WHERE domain = ? AND bucket = ?";
        List<AddressEntry> found = new ArrayList<>();
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            List<Row> rows = after.isEmpty() ? all(columns + " LIMIT ?", domain, bucket, limit)
                    : all(columns + " AND local_part > ? LIMIT ?", domain, bucket, after.get(), limit);
            rows.forEach(row -> found.add(new AddressEntry(new CanonicalAddress(row.getString("local_part"), domain), destination(row))));
        }
        return found.stream().sorted(ORDER).limit(limit).toList();
    }

    @Override
    public boolean retarget(CanonicalAddress address, Destination.OfAlias before, Destination.OfAlias after) {
        return applied("UPDATE address SET targets = ? WHERE domain = ? AND bucket = ? AND local_part = ? IF targets = ?",
                after.targets(), address.domain(), bucket(address), address.localPart(), before.targets());
    }

    @Override
    public boolean claim(CanonicalAddress address, Destination destination) {
        return switch (destination) {
            case Destination.OfAccount account -> applied("""
                    INSERT INTO address (domain, bucket, local_part, account_id, created_at) VALUES (?, ?, ?, ?, ?) IF NOT EXISTS""",
                    address.domain(), bucket(address), address.localPart(), account.accountId(), Instant.now());
            case Destination.OfAlias alias -> applied("""
                    INSERT INTO address (domain, bucket, local_part, targets, created_at) VALUES (?, ?, ?, ?, ?) IF NOT EXISTS""",
                    address.domain(), bucket(address), address.localPart(), alias.targets(), Instant.now());
        };
    }

    @Override
    public boolean unclaim(CanonicalAddress address, Destination destination) {
        return switch (destination) {
            case Destination.OfAccount account -> applied(
                    "DELETE FROM address WHERE domain = ? AND bucket = ? AND local_part = ? IF account_id = ?",
                    address.domain(), bucket(address), address.localPart(), account.accountId());
            case Destination.OfAlias alias -> applied(
                    "DELETE FROM address WHERE domain = ? AND bucket = ? AND local_part = ? IF targets = ?",
                    address.domain(), bucket(address), address.localPart(), alias.targets());
        };
    }

    @Override
    public Optional<Account> account(UUID id) {
        return one("""
                SELECT id, address, password, scram, scram_version, credential_version, revision, status, protocols,
                forward_to, forward_keep, vacation_subject, vacation_off_subject, vacation_text, vacation_start, vacation_end, vacation_days,
                send_messages_hour, send_recipients_hour, send_messages_day, send_recipients_day, aliases FROM account WHERE id = ?""", id)
                .map(CassandraDirectory::account);
    }

    @Override
    public void createAccount(Account account) {
        boolean created = applied("""
                INSERT INTO account (id, address, password, scram, scram_version, credential_version, revision, status, protocols, aliases,
                created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) IF NOT EXISTS""",
                account.id(), account.address(), account.password(), account.scram().orElse(null), scramVersion(account),
                account.credentialVersion(), account.settings().revision(), account.status().name(), claims(account.protocols()), account.aliases(),
                Instant.now());
        if (!created) {
            throw new IllegalStateException("the account id is taken: " + account.id());
        }
    }

    @Override
    public boolean changePassword(Account before, Account after) {
        return applied("""
                UPDATE account SET password = ?, scram = ?, scram_version = ?, credential_version = ?
                WHERE id = ? IF credential_version = ?""",
                after.password(), after.scram().orElse(null), scramVersion(after), after.credentialVersion(), before.id(),
                before.credentialVersion());
    }

    @Override
    public boolean changeSettings(UUID account, AccountSettings before, AccountSettings after) {
        // The version too: a condition on a null revision alone would make an account of one that is gone.
        return applied("""
                UPDATE account SET status = ?, protocols = ?, forward_to = ?, forward_keep = ?,
                vacation_subject = ?, vacation_off_subject = ?, vacation_text = ?, vacation_start = ?, vacation_end = ?, vacation_days = ?,
                send_messages_hour = ?, send_recipients_hour = ?, send_messages_day = ?, send_recipients_day = ?, revision = ?
                WHERE id = ? IF revision = ? AND credential_version > 0""",
                after.status().name(), claims(after.protocols()), after.forwarding().map(Forwarding::targets).orElse(null),
                after.forwarding().map(Forwarding::keep).orElse(null), subject(after.vacation(), true), subject(after.vacation(), false),
                after.vacation().map(Vacation::text).orElse(null), after.vacation().flatMap(Vacation::start).orElse(null),
                after.vacation().flatMap(Vacation::end).orElse(null), after.vacation().map(each -> (int) each.period().toDays()).orElse(null),
                stored(after.sending().messagesPerHour()), stored(after.sending().recipientsPerHour()), stored(after.sending().messagesPerDay()),
                stored(after.sending().recipientsPerDay()), after.revision(), account, before.revision() == 0 ? null : before.revision());
    }

    @Override
    public boolean setScram(Account before, String scram) {
        try {
            String set = "UPDATE account SET scram = ?, scram_version = ? WHERE id = ? IF credential_version = ? AND ";
            int version = before.credentialVersion();
            // What stands there without counting is replaced, what somebody else wrote meanwhile is not.
            return before.scram().isPresent()
                    ? applied(set + "scram = ?", scram, version, before.id(), version, before.scram().get())
                    : applied(set + "scram_version != ?", scram, version, before.id(), version, version);
        } catch (StoreException e) {
            LOG.infof("keys of SCRAM not written: %s", e.getMessage());
            return false;
        }
    }

    @Override
    public void changeAlias(UUID account, String alias, boolean leadsHere) {
        applied(leadsHere
                ? "UPDATE account SET aliases = aliases + ? WHERE id = ? IF EXISTS"
                : "UPDATE account SET aliases = aliases - ? WHERE id = ? IF EXISTS", Set.of(alias), account);
    }

    @Override
    public boolean deleteAccount(UUID id) {
        return applied("DELETE FROM account WHERE id = ? IF EXISTS", id);
    }

    private static Integer scramVersion(Account account) {
        return account.scram().isPresent() ? account.credentialVersion() : null;
    }

    private static int bucket(CanonicalAddress address) {
        return Math.floorMod(address.localPart().hashCode(), BUCKETS);
    }

    private static LocalDomain domain(Row row) {
        return new LocalDomain(row.getString("name"), Optional.ofNullable(row.getString("postmaster")), sending(row));
    }

    private static Destination destination(Row row) {
        UUID account = row.getUuid("account_id");
        return account == null
                ? new Destination.OfAlias(row.getList("targets", String.class))
                : new Destination.OfAccount(account);
    }

    private static Account account(Row row) {
        Set<SessionProtocol> protocols = row.getSet("protocols", String.class).stream()
                .flatMap(claim -> SessionProtocol.of(claim).stream())
                .collect(Collectors.toSet());
        int version = row.getInt("credential_version");
        return new Account(row.getUuid("id"), row.getString("address"), row.getString("password"),
                Optional.ofNullable(row.getString("scram")).filter(_ -> row.getInt("scram_version") == version), version,
                new AccountSettings(row.getInt("revision"), AccountStatus.valueOf(row.getString("status")), protocols, forwarding(row),
                        vacation(row), sending(row)),
                row.getSet("aliases", String.class));
    }

    private static Optional<Forwarding> forwarding(Row row) {
        List<String> targets = row.getList("forward_to", String.class);
        return targets.isEmpty() ? Optional.empty() : Optional.of(new Forwarding(targets, row.getBoolean("forward_keep")));
    }

    private static Optional<Vacation> vacation(Row row) {
        String subject = row.getString("vacation_subject");
        return Optional.ofNullable(subject == null ? row.getString("vacation_off_subject") : subject)
                // A release that knows no switch may have taken away the text meanwhile.
                .filter(_ -> !row.isNull("vacation_text"))
                .map(words -> new Vacation(subject != null, words, row.getString("vacation_text"),
                        Optional.ofNullable(row.getInstant("vacation_start")), Optional.ofNullable(row.getInstant("vacation_end")),
                        Duration.ofDays(row.getInt("vacation_days"))));
    }

    private static String subject(Optional<Vacation> vacation, boolean on) {
        return vacation.filter(each -> each.on() == on).map(Vacation::subject).orElse(null);
    }

    private static OwnLimits sending(Row row) {
        return new OwnLimits(limit(row, "send_messages_hour"), limit(row, "send_recipients_hour"), limit(row, "send_messages_day"),
                limit(row, "send_recipients_day"));
    }

    private static OptionalInt limit(Row row, String column) {
        return row.isNull(column) ? OptionalInt.empty() : OptionalInt.of(row.getInt(column));
    }

    private static Integer stored(OptionalInt limit) {
        return limit.isPresent() ? limit.getAsInt() : null;
    }

    private static Set<String> claims(Set<SessionProtocol> protocols) {
        return protocols.stream().map(SessionProtocol::claim).collect(Collectors.toSet());
    }

    private Optional<Row> one(String query, Object... values) {
        return Optional.ofNullable(cql.read(query, values).one());
    }

    private List<Row> all(String query, Object... values) {
        return Cql.asking(() -> cql.read(query, values).all());
    }

    private boolean applied(String change, Object... values) {
        try {
            return cql.applied(List.of(cql.bind(change, values)));
        } catch (UnknownOutcomeException e) {
            // Whoever asked for the change can ask again, and is then told how things are.
            throw new StoreException(StoreException.Problem.UNAVAILABLE, "the outcome of a change is unknown", e);
        }
    }
}
