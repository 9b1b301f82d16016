package org.postel.mailbox.metadata;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.postel.mailbox.api.v1.GetMetadataRequest;
import org.postel.mailbox.api.v1.GetMetadataResponse;
import org.postel.mailbox.api.v1.MailboxMetadata;
import org.postel.mailbox.api.v1.MetadataEntry;
import org.postel.mailbox.api.v1.SetMetadataRequest;
import org.postel.mailbox.api.v1.SetMetadataResponse;
import org.postel.mailbox.cassandra.Cql;
import org.postel.mailbox.storage.CommitListener;
import org.postel.mailbox.storage.Metadata;
import org.postel.mailbox.storage.StoreException;
import org.postel.mailbox.storage.StoreException.Problem;

/** The annotations of all accounts. */
public final class AccountMetadata implements Metadata {

    /** Where entries stand that are of no mailbox. */
    private static final UUID SERVER = new UUID(0, 0);
    private static final int ATTEMPTS = 20;
    private static final long PAUSE_NANOS = 5_000_000;

    private final MetadataTable table;
    private final Limits limits;
    private final CommitListener listener;

    /**
     * What an account may have.
     *
     * @param value   octets of one value
     * @param entries over all mailboxes
     * @param octets  of all names and values together
     */
    public record Limits(long value, int entries, long octets) {}

    /** @param listener is told of each change */
    public AccountMetadata(Cql cql, Limits limits, CommitListener listener) {
        this.table = new MetadataTable(cql);
        this.limits = limits;
        this.listener = listener;
    }

    @Override
    public GetMetadataResponse get(UUID reader, UUID owner, GetMetadataRequest request) {
        List<EntryName> wanted = request.getEntryList().stream().map(EntryName::parse).toList();
        List<ByteString> asked = request.getMailboxIdCount() == 0 ? List.of(ByteString.EMPTY) : request.getMailboxIdList();
        Map<UUID, Map<String, ByteBuffer>> own = entries(reader, asked);
        Map<UUID, Map<String, ByteBuffer>> shared = reader.equals(owner) ? own : entries(owner, asked);
        GetMetadataResponse.Builder response = GetMetadataResponse.newBuilder();
        for (ByteString mailbox : asked) {
            UUID id = mailbox(mailbox);
            Selection selection = new Selection(request, own.getOrDefault(id, Map.of()), shared.getOrDefault(id, Map.of()));
            wanted.forEach(selection::add);
            response.addMailboxes(selection.build(mailbox));
        }
        return response.build();
    }

    private Map<UUID, Map<String, ByteBuffer>> entries(UUID account, List<ByteString> mailboxes) {
        if (mailboxes.size() > 1) {
            return table.all(account);
        }
        UUID only = mailbox(mailboxes.getFirst());
        return Map.of(only, table.of(account, only));
    }

    @Override
    public SetMetadataResponse set(UUID writer, UUID owner, SetMetadataRequest request) {
        UUID mailbox = mailbox(request.getMailboxId());
        Map<UUID, Map<String, Optional<ByteBuffer>>> changes = new TreeMap<>((a, b) -> a.equals(b) ? 0 : a.equals(owner) ? -1 : 1);
        for (MetadataEntry entry : request.getEntriesList()) {
            EntryName name = EntryName.parse(entry.getName());
            if (!name.isSettable()) {
                throw new StoreException(Problem.INVALID, "not the name of an entry");
            }
            if (entry.getValue().size() > limits.value) {
                return SetMetadataResponse.newBuilder().setMostOctets(limits.value).build();
            }
            changes.computeIfAbsent(name.isShared() ? owner : writer, account -> new HashMap<>())
                    .put(name.text(), entry.hasValue() ? Optional.of(entry.getValue().asReadOnlyByteBuffer()) : Optional.empty());
        }
        for (var each : changes.entrySet()) {
            if (!commit(each.getKey(), mailbox, each.getValue())) {
                return SetMetadataResponse.newBuilder().setTooMany(true).build();
            }
            listener.annotated(each.getKey(), Optional.of(mailbox).filter(id -> !id.equals(SERVER)), each.getValue().keySet());
        }
        return SetMetadataResponse.getDefaultInstance();
    }

    /** False when there would be too many. */
    private boolean commit(UUID account, UUID mailbox, Map<String, Optional<ByteBuffer>> entries) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            // The counts first: what changes after them fails the condition.
            MetadataTable.Counts before = table.counts(account);
            MetadataTable.Counts after = after(before, table.of(account, mailbox), entries);
            boolean grows = after.entries() > before.entries() || after.octets() > before.octets();
            if (grows && (after.entries() > limits.entries || after.octets() > limits.octets)) {
                return false;
            }
            if (table.commit(account, mailbox, before, after, entries)) {
                return true;
            }
            LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(PAUSE_NANOS * (attempt + 1)));
        }
        throw new StoreException(Problem.UNAVAILABLE, "the annotations changed each time");
    }

    private static MetadataTable.Counts after(MetadataTable.Counts before, Map<String, ByteBuffer> now, Map<String, Optional<ByteBuffer>> entries) {
        int count = before.entries();
        long octets = before.octets();
        for (var entry : entries.entrySet()) {
            ByteBuffer old = now.get(entry.getKey());
            count += (entry.getValue().isPresent() ? 1 : 0) - (old == null ? 0 : 1);
            octets += entry.getValue().map(value -> weight(entry.getKey(), value)).orElse(0L) - (old == null ? 0 : weight(entry.getKey(), old));
        }
        return new MetadataTable.Counts(count, octets, before.txn());
    }

    private static long weight(String name, ByteBuffer value) {
        return name.length() + (long) value.remaining();
    }

    /** Removes what an account wrote at a mailbox that is gone; may be done again. */
    public void forget(UUID account, UUID mailbox) {
        Map<String, Optional<ByteBuffer>> none = new HashMap<>();
        table.of(account, mailbox).keySet().forEach(entry -> none.put(entry, Optional.empty()));
        if (!none.isEmpty()) {
            commit(account, mailbox, none);
        }
    }

    /** Removes all that an account wrote, at mailboxes of its own and of others and at itself; may be done again. */
    public void forget(UUID account) {
        table.all(account).keySet().forEach(mailbox -> forget(account, mailbox));
    }

    private static UUID mailbox(ByteString id) {
        if (id.isEmpty()) {
            return SERVER;
        }
        if (id.size() != 16) {
            throw new StoreException(Problem.INVALID, "an id has 16 octets");
        }
        ByteBuffer bits = id.asReadOnlyByteBuffer();
        return new UUID(bits.getLong(), bits.getLong());
    }

    /** What one mailbox answers. */
    private static final class Selection {

        private final GetMetadataRequest request;
        private final Map<String, ByteBuffer> own;
        private final Map<String, ByteBuffer> shared;
        private final Map<String, MetadataEntry> found = new TreeMap<>();
        private final Set<String> tooLong = new HashSet<>();
        private long longest;

        Selection(GetMetadataRequest request, Map<String, ByteBuffer> own, Map<String, ByteBuffer> shared) {
            this.request = request;
            this.own = own;
            this.shared = shared;
        }

        void add(EntryName wanted) {
            int depth = switch (request.getDepth()) {
                case ZERO, UNRECOGNIZED -> 0;
                case ONE -> 1;
                case INFINITY -> Integer.MAX_VALUE;
            };
            (wanted.isShared() ? shared : own).forEach((name, value) -> {
                int levels = wanted.levelsTo(name);
                if (levels >= 0 && levels <= depth) {
                    add(name, value);
                }
            });
            if (wanted.isSettable() && depth == 0 && !tooLong.contains(wanted.text())) {
                // RFC 9590 §3: what is asked for by its name and not there is said to be not there.
                found.computeIfAbsent(wanted.text(), name -> MetadataEntry.newBuilder().setName(name).build());
            }
        }

        private void add(String name, ByteBuffer value) {
            if (request.hasMaxSize() && value.remaining() > request.getMaxSize()) {
                longest = Math.max(longest, value.remaining());
                tooLong.add(name);
            } else {
                found.put(name, MetadataEntry.newBuilder().setName(name).setValue(ByteString.copyFrom(value.duplicate())).build());
            }
        }

        MailboxMetadata build(ByteString mailbox) {
            return MailboxMetadata.newBuilder().setMailboxId(mailbox).addAllEntries(found.values()).setLongest(longest).build();
        }
    }
}
