package org.postel.pop3.backend;

import java.net.InetSocketAddress;
import org.jboss.logging.Logger;
import org.postel.mailbox.api.MailboxServiceClient;
import org.postel.mailbox.api.MailboxServiceException;
import org.postel.mailbox.api.v1.AuthenticateRequest;
import org.postel.mailbox.api.v1.AuthenticateResponse;
import org.postel.mailbox.api.v1.Refused;
import org.postel.pop3.command.Account;
import org.postel.pop3.command.Accounts;
import org.postel.wire.sasl.PasswordCredentials;
import org.postel.wire.sasl.SaslStep.Failure;
import org.postel.wire.sasl.SaslStep.Outcome;
import org.postel.wire.sasl.SaslStep.Reason;
import org.postel.wire.sasl.SaslStep.Success;

/** Asks mailbox-service who may log in. */
public final class MailboxServiceAccounts implements Accounts {

    private static final Logger LOG = Logger.getLogger(MailboxServiceAccounts.class);

    private final MailboxServiceClient client;
    private final ReadAheadBudget budget;

    public MailboxServiceAccounts(MailboxServiceClient client, ReadAheadBudget budget) {
        this.client = client;
        this.budget = budget;
    }

    @Override
    public Outcome<Account> verify(PasswordCredentials credentials, InetSocketAddress from) {
        try {
            AuthenticateResponse answer = client.directory().authenticate(request(credentials, from));
            return switch (answer.getOutcomeCase()) {
                case SESSION -> new Success<>(new MailboxServiceAccount(client.mailboxes(answer.getSession()), budget));
                case REFUSED -> new Failure<>(reason(answer.getRefused().getReason()));
                case OUTCOME_NOT_SET -> new Failure<>(Reason.UNAVAILABLE);
            };
        } catch (MailboxServiceException e) {
            LOG.warnf("nobody can say who may log in: %s", e.getMessage());
            return new Failure<>(Reason.UNAVAILABLE);
        }
    }

    private static AuthenticateRequest request(PasswordCredentials credentials, InetSocketAddress from) {
        return AuthenticateRequest.newBuilder()
                .setProtocol(AuthenticateRequest.Protocol.POP3)
                .setClientAddress(from.getAddress().getHostAddress())
                .setPassword(org.postel.mailbox.api.v1.PasswordCredentials.newBuilder()
                        .setAuthorizationId(credentials.authorizationId())
                        .setAuthenticationId(credentials.authenticationId())
                        .setPassword(credentials.password()))
                .build();
    }

    private static Reason reason(Refused.Reason reason) {
        return switch (reason) {
            case CREDENTIALS -> Reason.CREDENTIALS;
            case DISABLED -> Reason.DISABLED;
            case RATE_LIMITED -> Reason.RATE_LIMITED;
            case REASON_UNSPECIFIED, UNRECOGNIZED -> Reason.UNAVAILABLE;
        };
    }
}
