package org.postel.mailbox.content;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.datastax.oss.driver.api.core.cql.Row;
import com.google.protobuf.ByteString;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postel.mailbox.cassandra.CassandraSession;
import org.postel.mailbox.cassandra.Cql;
import org.postel.mailbox.cassandra.SharedCassandra;

/** What the sweeper frees, and what comes while it looks. Cassandra's nodes date its writes, and their clocks differ. */
@ExtendWith(SharedCassandra.class)
class ContentSweeperTest {

    private static final Duration GRACE = Duration.ofHours(1);
    private static final Clock LATER = Clock.offset(Clock.systemUTC(), Duration.ofHours(3));

    private final UUID message = UUID.randomUUID();
    private Cql cql;
    private Contents contents;

    @BeforeEach
    void contentThatNobodyWants(CassandraSession cassandra) {
        cql = new Cql(cassandra);
        contents = new Contents(cql, Clock.systemUTC(), 4, GRACE, 1 << 20);
        written().finish(List.of());
    }

    private void sweep() {
        sweep(LATER);
    }

    private void sweep(Clock clock) {
        new ContentSweeper(contents, clock, GRACE, (of, link, at) -> true, of -> false).sweep(() -> true);
    }

    private ContentWriter written() {
        ContentWriter writer = contents.write(message, GRACE);
        writer.write(ByteString.copyFromUtf8("Subject: x\r\n\r\nText\r\n"));
        return writer;
    }

    private static long inMicros(Duration ahead) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now().plus(ahead));
    }

    @Test
    void aMarkOfANodeWhoseClockIsAheadIsTakenAway() {
        // After the time at which the content is freed, so that this does not take the mark along.
        cql.write("INSERT INTO content (message_id, doomed) VALUES (?, true) USING TIMESTAMP ?", message, inMicros(Duration.ofHours(4)));
        sweep();
        Row left = cql.read("SELECT DISTINCT message_id, doomed FROM content WHERE message_id = ?", message).one();
        assertTrue(left == null || left.isNull("doomed"));
    }

    @Test
    void nothingIsFreedWhileWhoLinksCannotSeeTheMark() {
        cql.write("DELETE doomed FROM content USING TIMESTAMP ? WHERE message_id = ?", inMicros(Duration.ofMinutes(5)), message);
        sweep();
        assertEquals(20, contents.size(message).orElseThrow());
    }

    @Test
    void whatIsHeldOrDeadKeepsItsContentUntilItIsLetGo() {
        for (int passes = 0; passes < 2; passes++) {
            Clock late = Clock.offset(Clock.systemUTC(), Duration.ofDays(11L * (passes + 1)));
            new ContentSweeper(contents, late, GRACE, (of, link, at) -> true, message::equals).sweep(() -> true);
            assertEquals(20, contents.size(message).orElseThrow());
        }
        sweep(Clock.offset(Clock.systemUTC(), Duration.ofDays(40)));
        assertTrue(contents.size(message).isEmpty());
    }

    @Test
    void whatIsLetGoKeepsItsContentWhileItsDeliveryIsTried() {
        for (int day = 1; day < 10; day++) {
            Clock then = Clock.offset(Clock.systemUTC(), Duration.ofDays(day));
            Contents late = new Contents(cql, then, 4, GRACE, 1 << 20);
            new ContentSweeper(late, then, GRACE, (of, link, at) -> true, message::equals).sweep(() -> true);
        }
        sweep(Clock.offset(Clock.systemUTC(), Duration.ofDays(14)));
        assertEquals(20, contents.size(message).orElseThrow());
    }

    @Test
    void aPromiseOfAPodThatDiedIsKeptBeforeAnythingIsFreed() {
        UUID mailbox = UUID.randomUUID();
        new PromisedLinks(contents).make(List.of(new PromisedLinks.Promised(message, Link.unique(mailbox, 7))));
        sweep();
        assertEquals(20, contents.size(message).orElseThrow());
        Row link = cql.read("SELECT name, uid_from FROM content WHERE message_id = ? AND kind = 0", message).one();
        assertEquals(mailbox, Link.of(link.getByteBuffer("name"), 0).mailbox());
        assertEquals(7, link.getLong("uid_from"));
        sweep();
        assertEquals(0, cql.read("SELECT promise FROM promised_link WHERE mailbox_id = ? ALLOW FILTERING", mailbox).all().size(), "promises left");
    }

    @Test
    void whatIsFreeOnlySinceThePassBeganWaitsForTheNext() {
        sweep(new Clock() {
            private boolean begun;

            @Override
            public Instant instant() {
                Instant now = (begun ? LATER : Clock.systemUTC()).instant();
                begun = true;
                return now;
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        });
        assertEquals(20, contents.size(message).orElseThrow());
        sweep();
        assertTrue(contents.size(message).isEmpty());
    }

    /** A call was killed between content and index, and comes again just when its grace time is over. */
    @Test
    void aDeliveryThatIsRepeatedWhileTheSweeperLooksKeepsItsContent() {
        Link delivery = Link.delivery(UUID.randomUUID(), 1);
        written().finish(List.of(delivery));
        new ContentSweeper(contents, LATER, GRACE, (of, link, at) -> {
            if (of.equals(message)) {
                written().finish(List.of(delivery));
            }
            return !of.equals(message);
        }, of -> false).sweep(() -> true);
        new ContentSweeper(contents, Clock.offset(LATER, Duration.ofHours(3)), GRACE, (of, link, at) -> true, of -> false).sweep(() -> true);
        assertEquals(20, contents.size(message).orElseThrow());
    }

    @Test
    void aLinkThatGoesWhileTheSweeperLooksKeepsNoContent() {
        Link expunged = Link.delivery(UUID.randomUUID(), 1);
        written().finish(List.of(expunged));
        new ContentSweeper(contents, LATER, GRACE, (of, link, at) -> {
            if (of.equals(message)) {
                contents.unlink(message, List.of(expunged));
            }
            return true;
        }, of -> false).sweep(() -> true);
        new ContentSweeper(contents, Clock.offset(LATER, Duration.ofHours(3)), GRACE, (of, link, at) -> true, of -> false).sweep(() -> true);
        assertTrue(contents.size(message).isEmpty());
    }
}
