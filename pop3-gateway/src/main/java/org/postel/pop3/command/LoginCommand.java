package org.postel.pop3.command;

import java.net.InetAddress;
import org.jboss.logging.Logger;
import org.postel.pop3.command.Login.Refused;
import org.postel.pop3.command.Login.Result;
import org.postel.pop3.session.Maildrop;
import org.postel.pop3.session.Pop3State;
import org.postel.pop3.syntax.Replies;
import org.postel.wire.sasl.PasswordCredentials;
import org.postel.wire.sasl.SaslStep;

/** From AUTHORIZATION to TRANSACTION (RFC 1939 §4): credentials, then the lock, then the look at what is there. */
public final class LoginCommand {

    private static final Logger LOG = Logger.getLogger(LoginCommand.class);

    private final Accounts accounts;
    private final LoginDelays delays;

    public LoginCommand(Accounts accounts, LoginDelays delays) {
        this.accounts = accounts;
        this.delays = delays;
    }

    /** USER and PASS. */
    public Login login(String user, String password, InetAddress client) {
        return enter(accounts.forClient(client).verify(new PasswordCredentials("", user, password)));
    }

    Login enter(SaslStep.Outcome<Account> outcome) {
        return switch (outcome) {
            case SaslStep.Success<Account>(Account account) -> lock(account);
            case SaslStep.Failure<Account>(SaslStep.Reason reason) -> refused(reason);
        };
    }

    private Login lock(Account account) {
        if (delays.early(account.id())) {
            return new Refused(Replies.EARLY, Result.REFUSED);
        }
        try {
            return switch (account.lock()) {
                case Account.Lock.Taken(LockedMaildrop locked) -> {
                    delays.entered(account.id());
                    Maildrop maildrop = locked.maildrop();
                    yield new Login.Done(Replies.loggedIn(maildrop.count(), maildrop.octets()),
                            Pop3State.Transaction.of(maildrop), locked);
                }
                case Account.Lock.InUse() -> new Refused(Replies.IN_USE, Result.REFUSED);
            };
        } catch (BackendUnavailableException e) {
            LOG.warnf("maildrop cannot be opened: %s", e.getMessage());
            return new Refused(Replies.UNAVAILABLE, Result.ERROR);
        }
    }

    private static Refused refused(SaslStep.Reason reason) {
        return switch (reason) {
            case MALFORMED -> new Refused(Replies.BAD_MESSAGE, Result.FAILURE);
            case CREDENTIALS -> new Refused(Replies.WRONG_CREDENTIALS, Result.FAILURE);
            case DISABLED -> new Refused(Replies.ACCOUNT_DISABLED, Result.REFUSED);
            case RATE_LIMITED -> new Refused(Replies.TOO_MANY_FAILURES, Result.FAILURE);
            case UNAVAILABLE -> new Refused(Replies.UNAVAILABLE, Result.ERROR);
        };
    }
}
