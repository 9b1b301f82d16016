package org.postel.smtp.backend;

import java.net.InetAddress;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.postel.mail.AddressSyntaxException;
import org.postel.mail.Mailbox;
import org.postel.mailbox.api.DirectoryClient;
import org.postel.mailbox.api.MailboxServiceException;
import org.postel.mailbox.api.v1.AuthenticateRequest;
import org.postel.mailbox.api.v1.AuthenticateResponse;
import org.postel.mailbox.api.v1.Refused;
import org.postel.mailbox.api.v1.Session;
import org.postel.smtp.command.AuthCommand;
import org.postel.smtp.session.Account;
import org.postel.wire.sasl.PasswordCredentials;
import org.postel.wire.sasl.PasswordVerifier;
import org.postel.wire.sasl.SaslStep;

/** Has mailbox-service check passwords. */
public final class MailboxAuthenticator implements AuthCommand.Authenticator {

    private static final Logger LOG = Logger.getLogger(MailboxAuthenticator.class);

    private final DirectoryClient client;

    public MailboxAuthenticator(DirectoryClient client) {
        this.client = client;
    }

    @Override
    public PasswordVerifier<Account> forClient(InetAddress address) {
        return credentials -> verify(credentials, address);
    }

    private SaslStep.Outcome<Account> verify(PasswordCredentials credentials, InetAddress address) {
        try {
            return outcome(client.authenticate(request(credentials, address)));
        } catch (MailboxServiceException e) {
            LOG.warnf("cannot authenticate: %s", e.getMessage());
            return new SaslStep.Failure<>(SaslStep.Reason.UNAVAILABLE);
        }
    }

    private static AuthenticateRequest request(PasswordCredentials credentials, InetAddress address) {
        return AuthenticateRequest.newBuilder()
            .setProtocol(AuthenticateRequest.Protocol.SUBMISSION)
            .setClientAddress(address.getHostAddress())
            .setPassword(org.postel.mailbox.api.v1.PasswordCredentials.newBuilder()
                .setAuthorizationId(credentials.authorizationId())
                .setAuthenticationId(credentials.authenticationId())
                .setPassword(credentials.password()))
            .build();
    }

    private static SaslStep.Outcome<Account> outcome(AuthenticateResponse response) {
        return switch (response.getOutcomeCase()) {
            case SESSION -> new SaslStep.Success<>(account(response.getSession()));
            case REFUSED -> new SaslStep.Failure<>(reason(response.getRefused().getReason()));
            case OUTCOME_NOT_SET -> new SaslStep.Failure<>(SaslStep.Reason.UNAVAILABLE);
        };
    }

    private static SaslStep.Reason reason(Refused.Reason reason) {
        return switch (reason) {
            case CREDENTIALS -> SaslStep.Reason.CREDENTIALS;
            case DISABLED -> SaslStep.Reason.DISABLED;
            case RATE_LIMITED -> SaslStep.Reason.RATE_LIMITED;
            case REASON_UNSPECIFIED, UNRECOGNIZED -> SaslStep.Reason.UNAVAILABLE;
        };
    }

    private static Account account(Session session) {
        Set<String> addresses = Stream.concat(Stream.of(session.getAddress()), session.getAddressesList().stream())
            .map(MailboxAuthenticator::canonical).collect(Collectors.toUnmodifiableSet());
        return new Account(session.getAddress(), addresses);
    }

    private static String canonical(String address) {
        try {
            return Mailbox.parse(address).canonical();
        } catch (AddressSyntaxException e) {
            // Nobody can write this one in MAIL, so it gives nobody a right.
            LOG.warnf("the directory has an address that is none: %s", e.getMessage());
            return "";
        }
    }
}
