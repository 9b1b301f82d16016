package org.postel.pop3.backend;

import java.net.InetAddress;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.postel.login.MailboxLogin;
import org.postel.mailbox.api.MailboxServiceClient;
import org.postel.mailbox.api.v1.AuthenticateRequest;
import org.postel.pop3.command.Account;
import org.postel.pop3.command.Accounts;
import org.postel.wire.sasl.Authority;

/** Asks mailbox-service who may log in. */
public final class MailboxServiceAccounts implements Accounts {

    private final MailboxLogin<Account> login;

    /** @param sessionCheck how long a session goes on before it is asked for once more */
    public MailboxServiceAccounts(MailboxServiceClient client, ReadAheadBudget budget, Duration sessionCheck) {
        this.login = new MailboxLogin<>(client.directory(), AuthenticateRequest.Protocol.POP3,
                session -> new MailboxServiceAccount(HexFormat.of().formatHex(session.getAccountId().toByteArray()), client.mailboxes(session), budget, sessionCheck));
    }

    @Override
    public Authority<Account> forClient(InetAddress client) {
        return login.forClient(client);
    }

    @Override
    public List<String> mechanisms() {
        return login.mechanisms();
    }
}
