package org.postel.mailbox.server;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.util.UUID;
import org.postel.mailbox.cassandra.Cql;
import org.postel.mailbox.directory.AccountMail;
import org.postel.mailbox.directory.AddressBook;
import org.postel.mailbox.directory.Administration;
import org.postel.mailbox.directory.Authentication;
import org.postel.mailbox.directory.CassandraDirectory;
import org.postel.mailbox.directory.SenderRewriting;
import org.postel.mailbox.identity.StoredKeys;
import org.postel.mailbox.password.FailureLimit;
import org.postel.mailbox.password.Passwords;
import org.postel.mailbox.storage.MailboxTrees;

/** The directory, put together. */
record DirectoryParts(AddressBook addresses, Authentication authentication, Administration administration) {

    static DirectoryParts over(Cql cql, DirectoryConfig config, String hostname, LoginConfig login, MailboxTrees trees) {
        CassandraDirectory store = new CassandraDirectory(cql);
        AddressBook addresses = new AddressBook(store, config.settings(hostname), rewriting(cql));
        Passwords passwords = new Passwords(login.passwords());
        Authentication authentication = new Authentication(addresses, store, passwords,
                new FailureLimit(login.accountLimit(), System::nanoTime), new FailureLimit(login.clientLimit(), System::nanoTime));
        return new DirectoryParts(addresses, authentication, new Administration(store, addresses, passwords, mailIn(trees)));
    }

    private static SenderRewriting rewriting(Cql cql) {
        Cache<Long, StoredKeys> keys = Caffeine.newBuilder().maximumSize(2).build();
        return new SenderRewriting(period -> keys.get(period, absent -> new StoredKeys(cql, "forwarding-" + period)).get(), Clock.systemUTC());
    }

    private static AccountMail mailIn(MailboxTrees trees) {
        return new AccountMail() {
            @Override
            public void create(UUID account) {
                trees.createAccount(account);
            }

            @Override
            public void delete(UUID account) {
                trees.deleteAccount(account);
            }
        };
    }
}
