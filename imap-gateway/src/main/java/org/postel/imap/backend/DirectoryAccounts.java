package org.postel.imap.backend;

import java.net.InetAddress;
import org.jboss.logging.Logger;
import org.postel.imap.command.Accounts;
import org.postel.imap.session.Account;
import org.postel.mailbox.api.MailboxServiceClient;
import org.postel.mailbox.api.MailboxServiceException;
import org.postel.mailbox.api.v1.AuthenticateRequest;
import org.postel.mailbox.api.v1.AuthenticateResponse;
import org.postel.mailbox.api.v1.Refused;
import org.postel.mailbox.api.v1.Session;
import org.postel.wire.sasl.PasswordCredentials;
import org.postel.wire.sasl.SaslStep;

/** Asks the directory of mailbox-service who a client is. */
public final class DirectoryAccounts implements Accounts {

    private static final Logger LOG = Logger.getLogger(DirectoryAccounts.class);

    private final MailboxServiceClient client;

    public DirectoryAccounts(MailboxServiceClient client) {
        this.client = client;
    }

    @Override
    public SaslStep.Outcome<Entry> verify(PasswordCredentials credentials, InetAddress client) {
        try {
            return outcome(this.client.directory().authenticate(request(credentials, client)));
        } catch (MailboxServiceException e) {
            LOG.infof("logins fail: %s", e.getMessage());
            return new SaslStep.Failure<>(SaslStep.Reason.UNAVAILABLE);
        }
    }

    private static AuthenticateRequest request(PasswordCredentials credentials, InetAddress client) {
        return AuthenticateRequest.newBuilder()
                .setProtocol(AuthenticateRequest.Protocol.IMAP)
                .setClientAddress(client.getHostAddress())
                .setPassword(org.postel.mailbox.api.v1.PasswordCredentials.newBuilder()
                        .setAuthorizationId(credentials.authorizationId())
                        .setAuthenticationId(credentials.authenticationId())
                        .setPassword(credentials.password()))
                .build();
    }

    private SaslStep.Outcome<Entry> outcome(AuthenticateResponse response) {
        return switch (response.getOutcomeCase()) {
            case SESSION -> new SaslStep.Success<>(entry(response.getSession()));
            case REFUSED -> new SaslStep.Failure<>(reason(response.getRefused().getReason()));
            case OUTCOME_NOT_SET -> new SaslStep.Failure<>(SaslStep.Reason.UNAVAILABLE);
        };
    }

    private Entry entry(Session session) {
        return new Entry(new Account(session.getAccountId(), session.getAddress()), new RemoteMail(client.mailboxes(session)));
    }

    private static SaslStep.Reason reason(Refused.Reason reason) {
        return switch (reason) {
            case DISABLED -> SaslStep.Reason.DISABLED;
            case RATE_LIMITED -> SaslStep.Reason.RATE_LIMITED;
            case CREDENTIALS, REASON_UNSPECIFIED, UNRECOGNIZED -> SaslStep.Reason.CREDENTIALS;
        };
    }
}
