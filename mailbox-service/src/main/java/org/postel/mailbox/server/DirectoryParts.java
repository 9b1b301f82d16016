package org.postel.mailbox.server;

import java.util.UUID;
import org.postel.mailbox.cassandra.Cql;
import org.postel.mailbox.directory.AccountMail;
import org.postel.mailbox.directory.AddressBook;
import org.postel.mailbox.directory.Administration;
import org.postel.mailbox.directory.Authentication;
import org.postel.mailbox.directory.CassandraDirectory;
import org.postel.mailbox.password.FailureLimit;
import org.postel.mailbox.password.Passwords;
import org.postel.mailbox.storage.MailboxTrees;

/** The directory, put together. */
record DirectoryParts(AddressBook addresses, Authentication authentication, Administration administration) {

    static DirectoryParts over(Cql cql, DirectoryConfig config, String hostname, LoginConfig login, MailboxTrees trees) {
        CassandraDirectory store = new CassandraDirectory(cql);
        AddressBook addresses = new AddressBook(store, config.settings(hostname));
        Passwords passwords = new Passwords(login.passwords());
        Authentication authentication = new Authentication(addresses, store, passwords,
                new FailureLimit(login.accountLimit(), System::nanoTime), new FailureLimit(login.clientLimit(), System::nanoTime));
        return new DirectoryParts(addresses, authentication, new Administration(store, addresses, passwords, mailIn(trees)));
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
