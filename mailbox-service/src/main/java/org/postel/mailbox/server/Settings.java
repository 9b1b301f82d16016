package org.postel.mailbox.server;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.postel.mailbox.cassandra.CassandraConfig;
import org.postel.mailbox.store.StoreConfig;

/** All of the configuration. */
@Singleton
record Settings(IdentityConfig identity, DirectoryConfig directory, LoginConfig login, RpcConfig rpc, EventsConfig events,
                LeaseConfig lease, HostConfig host, QueueConfig queue, CassandraConfig cassandra, StoreConfig store) {

    @Inject
    Settings {
    }
}
