package org.postel.mailbox.server;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.postel.mailbox.cassandra.CassandraConfig;
import org.postel.mailbox.store.StoreConfig;

/** All of the configuration. */
@Singleton
record Settings(IdentityConfig identity, DirectoryConfig directory, LoginConfig login, OauthConfig oauth, RpcConfig rpc,
                EventsConfig events, LeaseConfig lease, HostConfig host, QueueConfig queue, TransitConfig transit, MtaStsConfig mtaSts, ProfileConfig profile,
                DkimConfig dkim, DnsConfig dns, SendingConfig sending, WebConfig web, AuditConfig audit, FirstAdministratorConfig firstAdministrator,
                CassandraConfig cassandra, StoreConfig store) {

    // A gateway asks for the newest for a second after what its client did: later everything shows it.
    private static final Duration LONGEST_MOMENT = Duration.ofSeconds(1);
    // Four times as long a call may have to wait, when another instance is gone.
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(5);

    @Inject
    Settings {
        if (store.soleWriterLook().isNegative() || store.soleWriterLook().compareTo(LONGEST_LOOK) > 0) {
            throw new IllegalArgumentException("postel.mailbox.store.sole-writer-look is 0 to 5 seconds, and not " + store.soleWriterLook());
        }
        if (store.moment().compareTo(LONGEST_MOMENT) > 0) {
            throw new IllegalArgumentException("postel.mailbox.store.moment is a second at most, and not " + store.moment());
        }
    }
}
