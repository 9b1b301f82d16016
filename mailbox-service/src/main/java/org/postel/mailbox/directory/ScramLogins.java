package org.postel.mailbox.directory;

import java.util.Optional;
import org.postel.mailbox.directory.Authentication.Outcome;
import org.postel.mailbox.identity.SessionProtocol;
import org.postel.mailbox.scram.ScramExchange;
import org.postel.mailbox.scram.ScramKeys;
import org.postel.mailbox.scram.ScramSettings;

/**
 * Decides who may log in with SCRAM. A name that is nobody's, and an account that has no keys yet, are asked like any other and fail
 * at the end (SAFETY row 23).
 */
public final class ScramLogins {

    private static final byte[] NOTHING = new byte[0];

    private final AddressBook addresses;
    private final ScramExchange exchange;
    private final ScramSettings settings;
    private final LoginLimits limits;

    public ScramLogins(AddressBook addresses, ScramExchange exchange, ScramSettings settings, LoginLimits limits) {
        this.addresses = addresses;
        this.exchange = exchange;
        this.settings = settings;
        this.limits = limits;
    }

    /**
     * How an exchange ended.
     *
     * @param serverFinal what proves us to a client that was granted; else empty
     * @param name        who wanted to log in; empty where the exchange is not ours
     */
    public record Ended(Outcome outcome, byte[] serverFinal, String name) {}

    /** Answers the first message; empty where it is none, or something about its channel binding is wrong. */
    public Optional<ScramExchange.Challenge> first(ScramExchange.First message) {
        return settings.offered()
                ? exchange.open(message).map(opened -> exchange.challenge(opened, keys(opened).orElseGet(() -> madeUp(opened))))
                : Optional.empty();
    }

    /** Checks the last message; each failure counts like a wrong password. */
    public Ended last(SessionProtocol protocol, byte[] state, byte[] message, String clientAddress) {
        Optional<ScramExchange.Opened> opened = exchange.reopen(state).filter(open -> settings.offered() && open.protocol().equals(protocol.claim()));
        Optional<String> name = opened.flatMap(open -> addresses.limited(LoginName.of(open.username())));
        byte[][] serverFinal = {NOTHING};
        Outcome outcome = limits.within(name, clientAddress, () -> opened.map(open -> {
            Optional<Account> account = addresses.login(LoginName.of(open.username()));
            Optional<ScramKeys> keys = account.flatMap(Account::scram).map(ScramKeys::parse);
            Optional<byte[]> proof = exchange.proved(open, message, keys.orElseGet(() -> madeUp(open)));
            if (proof.isEmpty() || keys.isEmpty() || !account.get().is(open.authorizationId())) {
                return new Outcome.Wrong();
            }
            serverFinal[0] = proof.get();
            return Authentication.granted(protocol, account.get());
        }).orElseGet(Outcome.Wrong::new));
        return new Ended(outcome, serverFinal[0], opened.map(ScramExchange.Opened::username).orElse(""));
    }

    private Optional<ScramKeys> keys(ScramExchange.Opened opened) {
        return addresses.login(LoginName.of(opened.username())).flatMap(Account::scram).map(ScramKeys::parse);
    }

    private ScramKeys madeUp(ScramExchange.Opened opened) {
        LoginName name = LoginName.of(opened.username());
        return exchange.madeUp(addresses.limited(name).orElse(name.written()));
    }
}
