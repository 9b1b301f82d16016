package org.postel.mailbox.content;

import com.datastax.oss.driver.api.core.cql.Row;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.postel.mailbox.cassandra.Cql;

/**
 * The table {@code promised_link}: links to contents that other links keep now. A copy of a thousand messages needs a thousand
 * links, each in a partition of its own; their promise is one row, and they are written after the copy was answered.
 *
 * <p>Why nothing is freed meanwhile: content stays for the grace time after its last link went, and the sweeper keeps every
 * promise that it finds before it frees what had lost its last link a grace time earlier. A promise is made, and its copy
 * committed, less than the grace time after another link was seen.
 */
public final class PromisedLinks {

    // Part of the primary key of stored rows: changing it needs a migration.
    private static final int BUCKETS = 64;
    /** Links in one row: about 30 octets each. */
    private static final int TOGETHER = 5000;
    private static final int PAGE = 10;
    /** Requests on their way: few, since who waits for an answer goes first. */
    private static final int IN_FLIGHT = 2;

    private static final String MAKE = """
            INSERT INTO promised_link (bucket, promise, mailbox_id, uid_from, messages, tags) VALUES (?, ?, ?, ?, ?, ?)""";
    private static final String ALL = "SELECT promise, mailbox_id, uid_from, messages, tags FROM promised_link WHERE bucket = ?";
    private static final String KEPT = "DELETE FROM promised_link WHERE bucket = ? AND promise = ?";

    private final Contents contents;
    private final Cql cql;

    public PromisedLinks(Contents contents) {
        this.contents = contents;
        this.cql = contents.cql();
    }

    /** A link to a message's content. */
    public record Promised(UUID message, Link link) {}

    /** Links of one mailbox that are durably promised. */
    record Promise(UUID id, List<Promised> links) {}

    /** Promises some links of one mailbox: durable when it returns. */
    List<Promise> make(List<Promised> links) {
        List<Promise> made = new ArrayList<>();
        for (int from = 0; from < links.size(); from += TOGETHER) {
            Promise promise = new Promise(UUID.randomUUID(), List.copyOf(links.subList(from, Math.min(links.size(), from + TOGETHER))));
            write(promise);
            made.add(promise);
        }
        return made;
    }

    private void write(Promise promise) {
        List<UUID> messages = promise.links.stream().map(Promised::message).toList();
        List<ByteBuffer> tags = promise.links.stream().map(each -> each.link().tag().asReadOnlyByteBuffer()).toList();
        long uidFrom = promise.links.stream().mapToLong(each -> each.link().uidFrom()).min().orElseThrow();
        cql.write(MAKE, bucket(promise.id), promise.id, promise.links.getFirst().link().mailbox(), uidFrom, messages, tags);
    }

    /** Writes links that were not promised: durable when it returns. */
    void write(List<Promised> links) {
        ManyLinks many = contents.links(IN_FLIGHT);
        links.forEach(each -> many.link(each.message(), each.link()));
        many.settle();
    }

    /** Writes the links: durable when it returns. May be called again. */
    void keep(Promise promise) {
        write(promise.links);
        cql.write(KEPT, bucket(promise.id), promise.id);
    }

    /**
     * Keeps all promises that were made before the call, whoever made them.
     *
     * @return false when it was to end before
     */
    boolean keepAll(BooleanSupplier goOn) {
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            var rows = cql.readPages(PAGE, ALL, bucket).iterator();
            while (Cql.asking(rows::hasNext)) {
                if (!goOn.getAsBoolean()) {
                    return false;
                }
                keep(promise(rows.next()));
            }
        }
        return goOn.getAsBoolean();
    }

    private static Promise promise(Row row) {
        UUID mailbox = row.getUuid("mailbox_id");
        long uidFrom = row.getLong("uid_from");
        List<UUID> messages = row.getList("messages", UUID.class);
        List<ByteBuffer> tags = row.getList("tags", ByteBuffer.class);
        List<Promised> links = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            links.add(new Promised(messages.get(i), Link.tagged(mailbox, tags.get(i), uidFrom)));
        }
        return new Promise(row.getUuid("promise"), links);
    }

    private static int bucket(UUID promise) {
        return Math.floorMod(promise.hashCode(), BUCKETS);
    }
}
