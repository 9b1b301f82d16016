package org.postel.mailbox.cassandra;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How mailbox-service reaches Cassandra. */
@ConfigMapping(prefix = "postel.mailbox.cassandra")
public interface CassandraConfig {

    /** Nodes to start from, host:port. */
    @WithDefault("127.0.0.1:9042")
    List<String> contactPoints();

    /** The data centre to stay in. */
    @WithDefault("datacenter1")
    String datacenter();

    /** The keyspace; created when missing. */
    @WithDefault("postel")
    String keyspace();

    /** The replication map a missing keyspace is created with, as CQL writes it. */
    @WithDefault("{'class': 'SimpleStrategy', 'replication_factor': 1}")
    String replication();

    /** Login name; none where the cluster asks for none. */
    Optional<String> username();

    /** A file with the password of the login name. */
    Optional<Path> passwordFile();

    /** How long one request may take. */
    @WithDefault("5s")
    Duration requestTimeout();

    /** Connections to each node. */
    @WithDefault("2")
    int connections();

    /** How long another pod may take to change the schema before this one tries. */
    @WithDefault("60s")
    Duration schemaLease();
}
