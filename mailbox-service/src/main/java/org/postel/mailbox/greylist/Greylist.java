package org.postel.mailbox.greylist;

import com.datastax.oss.driver.api.core.cql.Row;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.postel.mailbox.cassandra.Cql;

/** Says who must come again: RFC 6647 §2. In the tables {@code greylist_triplet} and {@code greylist_network}. */
public final class Greylist {

    // Of a mail to very many: whoever comes again does it with all of them.
    private static final int MOST_RECIPIENTS = 20;

    private final Cql cql;
    private final Clock clock;

    public Greylist(Cql cql, Clock clock) {
        this.cql = cql;
        this.clock = clock;
    }

    /** How long a mail must wait; zero when it may come in. Remembers that it came. */
    public Duration meet(Encounter met) {
        if (known(met)) {
            return Duration.ZERO;
        }
        List<ByteBuffer> triplets = met.recipients().stream().map(Greylist::canonical).distinct().sorted().limit(MOST_RECIPIENTS)
                .map(recipient -> digest(met.network(), canonical(met.from()), recipient)).toList();
        Instant now = clock.instant();
        Duration longest = triplets.stream().map(triplet -> waiting(triplet, met.terms(), now)).max(Duration::compareTo).orElseThrow();
        if (longest.isZero()) {
            triplets.forEach(triplet -> passed(triplet, met, now));
        }
        return longest;
    }

    private boolean known(Encounter met) {
        int enough = met.terms().networksAfter();
        if (enough == 0) {
            return false;
        }
        List<Row> rows = Cql.asking(() -> cql.read("SELECT triplet FROM greylist_network WHERE network = ? LIMIT ?", met.network(), enough).all());
        if (rows.size() < enough) {
            return false;
        }
        // Once more, so that it lives on; one of them each time is enough for a network that sends often.
        remember(rows.get(Math.floorMod(clock.millis(), enough)).getByteBuffer("triplet"), met);
        return true;
    }

    private Duration waiting(ByteBuffer triplet, Encounter.Terms terms, Instant now) {
        Optional<Instant> first = Optional.ofNullable(cql.read("SELECT first_met FROM greylist_triplet WHERE triplet = ?", triplet).one())
                .map(row -> row.getInstant("first_met"));
        if (first.isEmpty()) {
            cql.write("INSERT INTO greylist_triplet (triplet, first_met) VALUES (?, ?) USING TTL ?", triplet, now, seconds(terms.window()));
            return terms.delay();
        }
        Duration left = Duration.between(now, first.get().plus(terms.delay()));
        // Another instance's clock may be ahead: nobody waits longer for that.
        return left.isNegative() ? Duration.ZERO : left.compareTo(terms.delay()) > 0 ? terms.delay() : left;
    }

    private void passed(ByteBuffer triplet, Encounter met, Instant now) {
        cql.write("INSERT INTO greylist_triplet (triplet, first_met) VALUES (?, ?) USING TTL ?", triplet, now.minus(met.terms().delay()),
                seconds(met.terms().memory()));
        if (met.terms().networksAfter() > 0) {
            remember(triplet, met);
        }
    }

    private void remember(ByteBuffer triplet, Encounter met) {
        cql.write("INSERT INTO greylist_network (network, triplet) VALUES (?, ?) USING TTL ?", met.network(), triplet, seconds(met.terms().memory()));
    }

    private static int seconds(Duration duration) {
        return Math.toIntExact(duration.toSeconds());
    }

    // Local parts are case-sensitive by RFC 5321 §2.4, and hardly anybody who writes them twice writes them otherwise.
    private static String canonical(String address) {
        return address.toLowerCase(Locale.ROOT);
    }

    private static ByteBuffer digest(String... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : parts) {
                byte[] octets = part.getBytes(StandardCharsets.UTF_8);
                digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(octets.length).flip());
                digest.update(octets);
            }
            return ByteBuffer.wrap(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
