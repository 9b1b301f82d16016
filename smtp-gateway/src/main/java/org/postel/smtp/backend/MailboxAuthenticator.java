package org.postel.smtp.backend;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.postel.login.MailboxLogin;
import org.postel.mail.AddressSyntaxException;
import org.postel.mail.Mailbox;
import org.postel.mailbox.api.DirectoryClient;
import org.postel.mailbox.api.v1.AuthenticateRequest;
import org.postel.mailbox.api.v1.Session;
import org.postel.smtp.command.AuthCommand;
import org.postel.smtp.session.Account;
import org.postel.wire.sasl.Authority;

/** Has mailbox-service say who may send. */
public final class MailboxAuthenticator implements AuthCommand.Authenticator {

    private static final Logger LOG = Logger.getLogger(MailboxAuthenticator.class);

    private final MailboxLogin<Account> login;

    /** @param believed how long it counts that a login still holds */
    public MailboxAuthenticator(DirectoryClient client, Duration believed) {
        this.login = new MailboxLogin<>(client, AuthenticateRequest.Protocol.SUBMISSION,
            session -> account(session, new RenewedLogin(client, session, believed)));
    }

    @Override
    public Authority<Account> forClient(InetAddress client) {
        return login.forClient(client);
    }

    @Override
    public List<String> mechanisms() {
        return login.mechanisms();
    }

    private static Account account(Session session, BooleanSupplier stands) {
        Set<String> addresses = Stream.concat(Stream.of(session.getAddress()), session.getAddressesList().stream())
            .map(MailboxAuthenticator::canonical).collect(Collectors.toUnmodifiableSet());
        return new Account(session.getAddress(), addresses, stands);
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
