package org.postel.mailbox.content;

import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.postel.mailbox.cassandra.Cql;

/** The table {@code content}: reads, links, and hands out writers. */
public final class Contents {

    /** Octets in a chunk; part of the stored form. */
    public static final int CHUNK = 64 * 1024;

    private static final ByteBuffer NO_NAME = ByteBuffer.allocate(0);
    private static final int PAGE = 4;
    private static final int LINK_REQUESTS = 32;
    /** Contents that are read with one statement, an answer of a MiB at most. */
    private static final int CONTENTS = 16;
    /** What a content in memory takes beside its octets. */
    private static final int ENTRY = 200;

    private static final String PUT_CHUNK = "INSERT INTO content (message_id, kind, name, part, data) VALUES (?, 1, ?, ?, ?)";
    private static final String PUT_LINK = "INSERT INTO content (message_id, kind, name, part, at, uid_from) VALUES (?, 0, ?, 0, ?, ?)";
    private static final String CLAIM = "INSERT INTO content (message_id, free_after) VALUES (?, ?)";
    private static final String PUT_LAST_CHUNK = """
            INSERT INTO content (message_id, kind, name, part, data, size, free_after) VALUES (?, 1, ?, ?, ?, ?, ?)""";
    private static final String PUT_EMPTY = "INSERT INTO content (message_id, size, free_after) VALUES (?, 0, ?)";
    private static final String SIZE = "SELECT DISTINCT message_id, size, doomed FROM content WHERE message_id = ?";
    private static final String CLAIMED = "SELECT DISTINCT message_id, free_after FROM content WHERE message_id IN ?";
    private static final String CHUNKS = """
            SELECT data FROM content WHERE message_id = ? AND kind = 1 AND name = ? AND part >= ? AND part <= ?""";
    private static final String FIRST_CHUNKS = "SELECT message_id, data FROM content WHERE message_id IN ? AND kind = 1 AND name = ? AND part = 0";
    private static final String REMOVE_LINK = "DELETE FROM content WHERE message_id = ? AND kind = 0 AND name = ? AND part = 0";

    private final Cql cql;
    private final Clock clock;
    private final int chunksInFlight;
    private final Duration grace;
    private final Cache<UUID, ByteString> small;

    /**
     * @param grace how long content stays after its last link went
     * @param cache octets of small contents that are kept in memory: content never changes
     */
    public Contents(Cql cql, Clock clock, int chunksInFlight, Duration grace, long cache) {
        this.cql = cql;
        this.clock = clock;
        this.chunksInFlight = chunksInFlight;
        this.grace = grace;
        // Tidied up by who writes: waking a thread for it costs more.
        this.small = Caffeine.newBuilder().maximumWeight(cache).executor(Runnable::run)
                .weigher((UUID message, ByteString octets) -> ENTRY + octets.size()).build();
    }

    /** Writes the content of a message that has none yet, or the same again. */
    public ContentWriter write(UUID message, Duration claim) {
        return new ContentWriter(this, message, claim, chunksInFlight);
    }

    /**
     * Links to content that is there.
     *
     * @return its size, or empty when it is gone: then the links are not wanted
     */
    public OptionalLong link(UUID message, List<Link> links) {
        cql.writeTogether(links.stream().map(link -> linkRow(message, link)).toList());
        // The sweeper marks before it looks for links a last time: either it sees these, or this sees the mark.
        OptionalLong size = size(message);
        if (size.isEmpty()) {
            unlink(message, links);
        }
        return size;
    }

    /** Links to many messages at once. */
    public ManyLinks links() {
        return links(LINK_REQUESTS);
    }

    /** As {@link #links()}, with so many requests on their way at a time. */
    ManyLinks links(int inFlight) {
        return new ManyLinks(this, inFlight);
    }

    /** Takes links away; content without any is freed after the grace time, and not before its claim is over. */
    public void unlink(UUID message, List<Link> links) {
        ManyLinks gone = links();
        gone.unlink(Map.of(message, links));
        gone.settle();
    }

    /** Those of some messages whose claim lasts for the grace time at least. */
    Set<UUID> claimed(Collection<UUID> messages) {
        Instant longEnough = clock.instant().plus(grace);
        Set<UUID> claimed = new HashSet<>();
        for (Row row : Cql.asking(() -> cql.read(CLAIMED, List.copyOf(messages)).all())) {
            if (!row.isNull("free_after") && !row.getInstant("free_after").isBefore(longEnough)) {
                claimed.add(row.getUuid("message_id"));
            }
        }
        return claimed;
    }

    /** Takes a message's links away, and lets its content stay for the grace time unless a claim does. */
    List<BatchableStatement<?>> unlinkRows(UUID message, List<Link> links, boolean claimed) {
        List<BatchableStatement<?>> rows = new ArrayList<>(links.stream().map(link -> cql.bind(REMOVE_LINK, message, link.name())).toList());
        if (!claimed) {
            rows.add(claimRow(message, grace));
        }
        return rows;
    }

    /** Octets of whole content; empty when it is not there, or about to be freed. */
    public OptionalLong size(UUID message) {
        Row row = cql.read(SIZE, message).one();
        return row == null || row.isNull("size") || row.getBoolean("doomed") ? OptionalLong.empty() : OptionalLong.of(row.getLong("size"));
    }

    /**
     * The octets {@code [offset, offset + length)} in pieces; ends early where the content ends.
     *
     * @param to may wait: no more than a few chunks are held meanwhile
     */
    public void read(UUID message, long offset, long length, Consumer<ByteString> to) {
        if (length <= 0) {
            return;
        }
        ByteString kept = small.getIfPresent(message);
        if (kept != null) {
            kept = kept.substring((int) Math.min(offset, kept.size()), (int) Math.min(kept.size(), saturatedEnd(offset, length)));
            if (!kept.isEmpty()) {
                to.accept(kept);
            }
            return;
        }
        int first = (int) (offset / CHUNK);
        int last = (int) Math.min(Integer.MAX_VALUE, (saturatedEnd(offset, length) - 1) / CHUNK);
        long skip = offset % CHUNK;
        long left = length;
        var rows = cql.readPages(PAGE, CHUNKS, message, NO_NAME, first, last).iterator();
        while (left > 0 && Cql.asking(rows::hasNext)) {
            ByteString chunk = ByteString.copyFrom(rows.next().getByteBuffer("data"));
            ByteString wanted = chunk.substring((int) Math.min(skip, chunk.size()), (int) Math.min(chunk.size(), skip + left));
            skip = 0;
            left -= wanted.size();
            if (!wanted.isEmpty()) {
                to.accept(wanted);
            }
        }
    }

    /** Whole content of one chunk, that was just written or read. */
    void keep(UUID message, ByteString octets) {
        small.put(message, octets);
    }

    /** Brings contents of at most one chunk into memory, some with one statement: they are about to be read. */
    public void fetchSmall(List<UUID> messages) {
        List<UUID> missing = messages.stream().filter(message -> small.getIfPresent(message) == null).distinct().toList();
        List<CompletionStage<?>> reading = new ArrayList<>();
        for (int at = 0; at < missing.size(); at += CONTENTS) {
            List<UUID> some = missing.subList(at, Math.min(missing.size(), at + CONTENTS));
            reading.add(cql.readAsync(FIRST_CHUNKS, some, NO_NAME).thenAccept(rows -> rows.currentPage().forEach(chunk ->
                    keep(chunk.getUuid("message_id"), ByteString.copyFrom(chunk.getByteBuffer("data"))))));
        }
        reading.forEach(Cql::settle);
    }

    private static long saturatedEnd(long offset, long length) {
        return length > Long.MAX_VALUE - offset ? Long.MAX_VALUE : offset + length;
    }

    BoundStatement chunkRow(UUID message, int part, ByteString data) {
        return cql.bind(PUT_CHUNK, message, NO_NAME, part, data.asReadOnlyByteBuffer());
    }

    BoundStatement linkRow(UUID message, Link link) {
        return cql.bind(PUT_LINK, message, link.name(), clock.instant(), link.uidFrom());
    }

    BoundStatement claimRow(UUID message, Duration claim) {
        return cql.bind(CLAIM, message, until(claim));
    }

    /** The last chunk, with which the content is whole. */
    BoundStatement lastChunkRow(UUID message, int part, ByteString data, long size, Duration claim) {
        return cql.bind(PUT_LAST_CHUNK, message, NO_NAME, part, data.asReadOnlyByteBuffer(), size, until(claim));
    }

    /** Content of no octets is whole. */
    BoundStatement emptyRow(UUID message, Duration claim) {
        return cql.bind(PUT_EMPTY, message, until(claim));
    }

    private Instant until(Duration claim) {
        return clock.instant().plus(claim);
    }

    Cql cql() {
        return cql;
    }
}
