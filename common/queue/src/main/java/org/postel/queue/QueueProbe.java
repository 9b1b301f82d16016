package org.postel.queue;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.jboss.logging.Logger;

/** Asks the brokers whether they are there. */
public final class QueueProbe implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(QueueProbe.class);
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Admin admin;

    public QueueProbe(QueueSettings settings) {
        Map<String, Object> properties = new HashMap<>(settings.client());
        properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        this.admin = Admin.create(properties);
    }

    /** Whether a broker answered within three seconds. */
    public boolean reachable() {
        try {
            int timeout = Math.toIntExact(PATIENCE.toMillis());
            return !admin.describeCluster(new DescribeClusterOptions().timeoutMs(timeout)).nodes().get().isEmpty();
        } catch (ExecutionException e) {
            LOG.debugf("queue not reachable: %s", e.getMessage());
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
