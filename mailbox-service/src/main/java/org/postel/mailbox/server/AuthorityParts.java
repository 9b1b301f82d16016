package org.postel.mailbox.server;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.postel.mailbox.audit.AuditLog;
import org.postel.mailbox.audit.CassandraAuditLog;
import org.postel.mailbox.authority.Administrators;
import org.postel.mailbox.authority.ApiTokens;
import org.postel.mailbox.authority.CassandraApiTokens;
import org.postel.mailbox.authority.CassandraRoles;
import org.postel.mailbox.authority.FirstAdministrator;
import org.postel.mailbox.cassandra.Cql;
import org.postel.mailbox.directory.Administration;
import org.postel.mailbox.directory.CassandraDirectory;
import org.postel.mailbox.directory.DirectoryException;
import org.postel.mailbox.identity.ApiTokenTexts;
import org.postel.mailbox.identity.StoredKeys;
import org.postel.mailbox.storage.StoreException;

/** Who administers, put together. */
record AuthorityParts(Administrators administrators, ApiTokens tokens, AuditLog audit, Optional<FirstAdministrator> first) {

    private static final Logger LOG = Logger.getLogger(AuthorityParts.class);
    private static final Duration PAUSE = Duration.ofSeconds(2);

    static AuthorityParts over(Cql cql, AuditConfig audit, FirstAdministratorConfig first, Duration sessionCheck, Clock clock) {
        Administrators administrators = new Administrators(new CassandraDirectory(cql)::account, new CassandraRoles(cql));
        ApiTokenTexts texts = new ApiTokenTexts(new StoredKeys(cql, StoredKeys.ADMIN_API), clock);
        return new AuthorityParts(administrators, new ApiTokens(new CassandraApiTokens(cql, clock), texts, administrators, sessionCheck, clock),
                new CassandraAuditLog(cql, audit.kept()), first.wanted());
    }

    /** Makes the first administrator as soon as the database answers. */
    void start(Administration administration) {
        first.ifPresent(wanted -> Thread.ofVirtual().name("first-administrator").start(() -> make(wanted, administration)));
    }

    private void make(FirstAdministrator wanted, Administration administration) {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                wanted.make(administration, administrators);
                return;
            } catch (DirectoryException | IOException e) {
                LOG.errorf("the first administrator was not made: %s", e.getMessage());
                return;
            } catch (StoreException e) {
                LOG.debugf("the first administrator waits for the database: %s", e.getMessage());
            }
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
