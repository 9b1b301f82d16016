package org.postel.endtoend;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.google.protobuf.InvalidProtocolBufferException;
import org.postel.engines.CassandraServer;
import org.postel.mailbox.api.v1.LogTip;
import org.postel.mailbox.api.v1.MailboxHeader;
import org.postel.mailbox.api.v1.MessageRow;

/** Mail as it stands in Cassandra, read past mailbox-service, which may be dead. */
final class StoredMail implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final byte LINK = 0;
    private static final byte DECIDED = 2;
    // Links come first in a partition.
    private static final String CONTENTS = "SELECT message_id, kind, name, verified, doomed, size FROM content PER PARTITION LIMIT 1";
    private static final String MAILBOXES = "SELECT DISTINCT mailbox_id, messages, bytes, tenure, ending, tip FROM mailbox_log";
    private static final String MESSAGES = "SELECT payload FROM mailbox_log WHERE mailbox_id = ? AND kind = 1";
    private static final String CLIENTS = "SELECT client_options FROM system_views.clients";
    private static final String UNDER_WAY = """
            SELECT active_tasks, pending_tasks FROM system_views.thread_pools WHERE name = 'Native-Transport-Requests'""";

    private static final String NAME = "stored-mail";

    private final CqlSession cassandra;

    StoredMail(RunningPlatform platform) {
        cassandra = CqlSession.builder()
                .addContactPoint(platform.platform().cassandra().contactPoint())
                .withLocalDatacenter(CassandraServer.DATACENTER)
                .withKeyspace("postel")
                .withApplicationName(NAME)
                .withConfigLoader(DriverConfigLoader.programmaticBuilder()
                        .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, TIMEOUT)
                        .withBoolean(DefaultDriverOption.METADATA_SCHEMA_ENABLED, false)
                        .withInt(DefaultDriverOption.NETTY_IO_SHUTDOWN_QUIET_PERIOD, 0)
                        .withInt(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_QUIET_PERIOD, 0)
                        .build())
                .build();
    }

    /**
     * Content of a message.
     *
     * @param link to a mailbox; the first one, when there are several
     * @param size of the whole; empty when octets are missing, or the sweeper is about to free it
     */
    record Content(UUID message, Optional<Link> link, OptionalLong size) {

        boolean isWholeAndLinked() {
            return link.isPresent() && size.isPresent();
        }

        boolean isVerified() {
            return link.filter(Link::verified).isPresent();
        }
    }

    /**
     * That a mailbox wants a content.
     *
     * @param appended by APPEND; else delivered
     * @param verified the sweeper saw that the message is in the mailbox
     */
    record Link(UUID mailbox, boolean appended, boolean verified) {
    }

    /**
     * A message in a mailbox.
     *
     * @param prefix octets of header lines that only its recipient has
     * @param size with the prefix
     * @param savedAt milliseconds since the epoch
     */
    record Message(UUID id, int prefix, long size, long savedAt) {

        /** Whether this is its whole content. */
        boolean has(Content content) {
            return content != null && content.link().isPresent() && content.size().equals(OptionalLong.of(size - prefix));
        }
    }

    /** A mailbox, what its header says of its messages, and these. */
    record Mailbox(UUID id, int count, long octets, List<Message> messages) {
    }

    /** Whether Cassandra has read and done all it was asked by whoever was killed: what it has not done now will never be. */
    boolean isQuiet() {
        return cassandra.execute(CLIENTS).all().stream().allMatch(StoredMail::isThis) && underWay() <= 1;
    }

    private static boolean isThis(Row client) {
        Map<String, String> options = client.getMap("client_options", String.class, String.class);
        return NAME.equals(options.get("APPLICATION_NAME"));
    }

    /** Requests, this one among them. */
    private int underWay() {
        Row requests = cassandra.execute(UNDER_WAY).one();
        return requests.getInt("active_tasks") + requests.getInt("pending_tasks");
    }

    /** By their messages. */
    Map<UUID, Content> contents() {
        return cassandra.execute(CONTENTS).all().stream().map(StoredMail::content)
                .collect(Collectors.toMap(Content::message, Function.identity()));
    }

    /** What is in the mailboxes after all conditional writes that were begun. */
    List<Mailbox> mailboxes() {
        return cassandra.execute(MAILBOXES).all().stream().map(row -> {
            UUID id = row.getUuid("mailbox_id");
            return tip(row).map(tip -> new Mailbox(id, tip.getMessages(), tip.getBytes(), messages(id)))
                    .orElseGet(() -> new Mailbox(id, row.getInt("messages"), row.getLong("bytes"), messages(id)));
        }).toList();
    }

    /** Where the commits of a mailbox's sole writer have led; empty when its header tells. */
    private static Optional<MailboxHeader> tip(Row row) {
        if (row.isNull("tenure") || row.isNull("tip") || row.getByte("ending") == DECIDED) {
            return Optional.empty();
        }
        try {
            LogTip tip = LogTip.parseFrom(row.getByteBuffer("tip"));
            return Optional.of(tip).filter(written -> id(written.getTenure().asReadOnlyByteBuffer()).equals(row.getUuid("tenure")))
                    .map(written -> written.getLast().getMailbox());
        } catch (InvalidProtocolBufferException broken) {
            throw new AssertionError(broken);
        }
    }

    List<Message> messages() {
        return mailboxes().stream().flatMap(mailbox -> mailbox.messages.stream()).toList();
    }

    private List<Message> messages(UUID mailbox) {
        return cassandra.execute(SimpleStatement.newInstance(MESSAGES, mailbox).setConsistencyLevel(ConsistencyLevel.SERIAL))
                .all().stream().map(StoredMail::message).toList();
    }

    private static Content content(Row row) {
        boolean linked = !row.isNull("kind") && row.getByte("kind") == LINK;
        boolean whole = !row.isNull("size") && !row.getBoolean("doomed");
        return new Content(row.getUuid("message_id"), linked ? Optional.of(link(row)) : Optional.empty(),
                whole ? OptionalLong.of(row.getLong("size")) : OptionalLong.empty());
    }

    /** Its name is the mailbox, and for what may come twice something more. */
    private static Link link(Row row) {
        ByteBuffer name = row.getByteBuffer("name").duplicate();
        return new Link(id(name), name.remaining() > 0, row.getBoolean("verified"));
    }

    private static Message message(Row row) {
        try {
            MessageRow message = MessageRow.parseFrom(row.getByteBuffer("payload"));
            return new Message(id(message.getMessageId().asReadOnlyByteBuffer()), message.getPrefix().size(), message.getSize(),
                    message.getSavedAt());
        } catch (InvalidProtocolBufferException broken) {
            throw new AssertionError(broken);
        }
    }

    private static UUID id(ByteBuffer octets) {
        return new UUID(octets.getLong(), octets.getLong());
    }

    @Override
    public void close() {
        cassandra.close();
    }
}
