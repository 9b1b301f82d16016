package org.postel.mailbox.content;

import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.postel.mailbox.cassandra.Cql;

/**
 * Writes one message's content as it comes, and takes it apart on the way. A message of one chunk is one write together with
 * its links; of a larger one some chunks are on their way at a time, and {@link #write} waits for the oldest of them.
 */
public final class ContentWriter {

    private final Contents contents;
    private final UUID message;
    private final Duration claim;
    private final int inFlight;
    private final MessageScan scan = new MessageScan();
    private final Deque<CompletionStage<?>> writing = new ArrayDeque<>();
    private ByteString rest = ByteString.EMPTY;
    private long size;
    private int parts;

    ContentWriter(Contents contents, UUID message, Duration claim, int inFlight) {
        this.contents = contents;
        this.message = message;
        this.claim = claim;
        this.inFlight = inFlight;
    }

    /** Octets so far. */
    public long size() {
        return size;
    }

    /** The next octets. */
    public void write(ByteString octets) {
        scan.update(octets);
        size += octets.size();
        rest = rest.concat(octets);
        while (rest.size() > Contents.CHUNK) {
            ByteString chunk = rest.substring(0, Contents.CHUNK);
            rest = rest.substring(Contents.CHUNK);
            send(chunk);
        }
    }

    private void send(ByteString chunk) {
        List<BatchableStatement<?>> batch = new ArrayList<>();
        if (parts == 0) {
            batch.add(contents.claimRow(message, claim));
        }
        batch.add(contents.chunkRow(message, parts++, chunk));
        if (writing.size() >= inFlight) {
            Cql.settle(writing.removeFirst());
        }
        Statement<?> together = contents.cql().together(batch);
        writing.addLast(contents.cql().writeAsync(together));
    }

    /** All octets came: durable, with these links, when it returns. */
    public MessageScan.Scanned finish(List<Link> links) {
        while (!writing.isEmpty()) {
            Cql.settle(writing.removeFirst());
        }
        List<BatchableStatement<?>> batch = new ArrayList<>();
        batch.add(rest.isEmpty() ? contents.emptyRow(message, claim) : contents.lastChunkRow(message, parts, rest, size, claim));
        links.forEach(link -> batch.add(contents.linkRow(message, link)));
        contents.cql().writeTogether(batch);
        if (parts == 0 && !rest.isEmpty()) {
            contents.keep(message, rest);
        }
        return scan.finish();
    }

    /** Waits for what is on its way; the octets written so far are left to the sweeper. */
    public void abandon() {
        writing.forEach(write -> write.toCompletableFuture().exceptionally(e -> null).join());
        writing.clear();
    }
}
