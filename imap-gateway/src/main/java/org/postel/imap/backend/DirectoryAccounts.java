package org.postel.imap.backend;

import java.net.InetAddress;
import java.util.List;
import org.postel.imap.command.Accounts;
import org.postel.imap.session.Account;
import org.postel.login.MailboxLogin;
import org.postel.mailbox.api.MailboxServiceClient;
import org.postel.mailbox.api.v1.AuthenticateRequest;
import org.postel.wire.sasl.Authority;

/** Asks the directory of mailbox-service who a client is. */
public final class DirectoryAccounts implements Accounts {

    private final MailboxLogin<Entry> login;

    public DirectoryAccounts(MailboxServiceClient client) {
        this.login = new MailboxLogin<>(client.directory(), AuthenticateRequest.Protocol.IMAP, session ->
                new Entry(new Account(session.getAccountId(), session.getAddress()), new RemoteMail(client.mailboxes(session))));
    }

    @Override
    public Authority<Entry> forClient(InetAddress client) {
        return login.forClient(client);
    }

    @Override
    public List<String> mechanisms() {
        return login.mechanisms();
    }
}
