package org.postel.queue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jboss.logging.Logger;

/**
 * Makes the topics that are missing and sets what the share groups need. Every service may run it at its start, also several
 * at once: what is there already stays as it is.
 */
public final class TopicSetup {

    private static final Logger LOG = Logger.getLogger(TopicSetup.class);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final String FOREVER = "-1";
    private static final String SEGMENT = Integer.toString(128 << 20);
    private static final String ORDERS_SEGMENT = Integer.toString(4 << 20);
    private static final Duration ORDERS_KEPT = Duration.ofDays(14);
    private static final int ENVELOPE_ROOM = 64 * 1024;

    private final QueueSettings settings;

    /** @param settings what to make */
    public TopicSetup(QueueSettings settings) {
        this.settings = settings;
    }

    /**
     * Tries until it is done.
     *
     * @param patience how long to wait for a broker that is still coming up
     * @throws QueueUnavailableException when the broker was not there in that time, or refuses the settings
     */
    public void create(Duration patience) throws QueueUnavailableException, InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        try (Admin admin = Admin.create(new ClientProperties(settings).admin())) {
            while (true) {
                try {
                    createTopics(admin);
                    configureGroups(admin);
                    return;
                } catch (ExecutionException | KafkaException e) {
                    if (e.getCause() instanceof InvalidConfigurationException || System.nanoTime() - end > 0) {
                        throw new QueueUnavailableException("the queue is not set up: " + e.getMessage(), e);
                    }
                    LOG.debugf("the queue is not ready yet: %s", e.getMessage());
                }
                Thread.sleep(PAUSE);
            }
        }
    }

    private void createTopics(Admin admin) throws ExecutionException, InterruptedException {
        Collection<String> present = admin.listTopics().names().get();
        List<NewTopic> missing = topics().stream().filter(topic -> !present.contains(topic.name())).toList();
        for (var created : admin.createTopics(missing).values().entrySet()) {
            try {
                created.getValue().get();
                LOG.infof("topic %s created", created.getKey());
            } catch (ExecutionException e) {
                // Another service was faster.
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        }
    }

    private List<NewTopic> topics() {
        List<NewTopic> topics = new ArrayList<>();
        // Mail never expires by the clock of the broker: the QueueMonitor of a worker removes what is done.
        topics.add(mail(Topics.ACCEPTED, settings.partitions()));
        topics.add(mail(Topics.RELAY, settings.partitions()));
        topics.add(mail(Topics.RELAY_SLOWLY, settings.partitions()));
        // One partition: a tier is a waiting line, and its order is its due order.
        settings.topics().retryTopics().forEach(name -> topics.add(mail(name, 1)));
        topics.add(mail(Topics.DEAD, 1));
        topics.add(mail(Topics.HELD, 1));
        topics.add(orders());
        topics.add(topic(Topics.TRACE, settings.partitions(), millis(Duration.ofDays(14))));
        topics.add(topic(Topics.CLIENTS, 1, millis(Duration.ofHours(1))));
        topics.add(topic(Topics.MAILBOX_EVENTS, settings.partitions(), millis(Duration.ofHours(1))));
        return topics;
    }

    /** Read whole by each worker at its start: of each message the last order stays, for longer than a message may be queued. */
    private NewTopic orders() {
        NewTopic topic = mail(Topics.ORDERS, 1);
        topic.configs().put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT + "," + TopicConfig.CLEANUP_POLICY_DELETE);
        topic.configs().put(TopicConfig.RETENTION_MS_CONFIG, millis(ORDERS_KEPT));
        topic.configs().put(TopicConfig.SEGMENT_BYTES_CONFIG, ORDERS_SEGMENT);
        return topic;
    }

    /** A topic whose loss would be a loss of mail. */
    private NewTopic mail(String name, int partitions) {
        NewTopic topic = topic(name, partitions, FOREVER);
        if (settings.replicationFactor() == 1) {
            // One copy: what is acknowledged must be on disk. With more, the other brokers have it.
            topic.configs().put(TopicConfig.FLUSH_MESSAGES_INTERVAL_CONFIG, "1");
        }
        return topic;
    }

    private NewTopic topic(String name, int partitions, String retention) {
        Map<String, String> config = new HashMap<>();
        config.put(TopicConfig.RETENTION_MS_CONFIG, retention);
        config.put(TopicConfig.SEGMENT_BYTES_CONFIG, SEGMENT);
        config.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(settings.maxRecordBytes() + ENVELOPE_ROOM));
        // With three replicas one may be away; with one there is no choice.
        config.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, settings.replicationFactor() >= 3 ? "2" : "1");
        return new NewTopic(name, partitions, settings.replicationFactor()).configs(config);
    }

    private void configureGroups(Admin admin) throws ExecutionException, InterruptedException {
        List<AlterConfigOp> group = List.of(
                // A new share group starts at the end, and mail queued before the first worker would be skipped.
                set("share.auto.offset.reset", "earliest"),
                set("share.record.lock.duration.ms", Long.toString(settings.recordLock().toMillis())),
                set("share.delivery.count.limit", Integer.toString(settings.deliveryLimit())),
                // Work is given to a new worker at its first heartbeat, not at its second five seconds later.
                set("share.assignment.interval.ms", "0"));
        Map<ConfigResource, Collection<AlterConfigOp>> groups = new HashMap<>();
        for (String name : ShareGroups.ALL) {
            groups.put(new ConfigResource(ConfigResource.Type.GROUP, name), group);
        }
        admin.incrementalAlterConfigs(groups).all().get();
    }

    private static AlterConfigOp set(String name, String value) {
        return new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }
}
