package org.postel.mailbox.directory;

import java.util.Optional;
import java.util.UUID;
import org.postel.mailbox.identity.AccountSession;
import org.postel.mailbox.identity.SessionProtocol;
import org.postel.mailbox.password.Passwords;
import org.postel.mailbox.scram.ScramSettings;

/** Decides who may log in with a password, and whose session goes on. */
public final class Authentication {

    private static final int LONGEST_PASSWORD = 1_024;

    private final AddressBook addresses;
    private final DirectoryStore store;
    private final Passwords passwords;
    private final AppPasswords apps;
    private final ScramSettings scram;
    private final LoginLimits limits;

    public Authentication(AddressBook addresses, DirectoryStore store, Passwords passwords, AppPasswords apps, ScramSettings scram,
            LoginLimits limits) {
        this.addresses = addresses;
        this.store = store;
        this.passwords = passwords;
        this.apps = apps;
        this.scram = scram;
        this.limits = limits;
    }

    /** Name and password of RFC 4616 §2, and where the client is; a blank authorization id is the one who logs in. */
    public record Credentials(String authorizationId, String authenticationId, String password, String clientAddress) {

        @Override
        public String toString() {
            return "Credentials[]";
        }
    }

    /** How it went. */
    public sealed interface Outcome {
        /** @param appPassword the id of the one that was given, if it was one */
        record Granted(Account account, Optional<String> appPassword) implements Outcome {}

        /** Wrong user or password: nobody is told which. */
        record Wrong() implements Outcome {}

        /** Right, but the account or this protocol is switched off. */
        record Disabled() implements Outcome {}

        /** Too many failures of late; nothing was checked. */
        record Limited(Scope scope) implements Outcome {}

        /** Whose failures were too many. */
        enum Scope { ACCOUNT, CLIENT }
    }

    /** Checks credentials; each failure counts against the account name and against the client's address. */
    public Outcome authenticate(SessionProtocol protocol, Credentials credentials) {
        LoginName name = LoginName.of(credentials.authenticationId());
        return limits.within(addresses.limited(name), credentials.clientAddress(), () -> check(protocol, name, credentials));
    }

    /**
     * As {@link #authenticate}, for the pages: no protocol has to be switched on for them, and app passwords do not open them, for who has one
     * could make others.
     */
    public Outcome signIn(Credentials credentials) {
        LoginName name = LoginName.of(credentials.authenticationId());
        return limits.within(addresses.limited(name), credentials.clientAddress(), () -> {
            Optional<Account> account = addresses.login(name);
            if (!right(account, credentials)) {
                return new Outcome.Wrong();
            }
            return account.orElseThrow().active() ? new Outcome.Granted(account.get(), Optional.empty()) : new Outcome.Disabled();
        });
    }

    /** The account of a session of the pages that goes on; empty once it was switched off, or its password changed. */
    public Optional<Account> again(UUID account, int credentialVersion) {
        return store.account(account).filter(found -> found.active() && found.credentialVersion() == credentialVersion);
    }

    /** The account of a session that goes on, unless it was switched off or its password changed. */
    public Outcome again(AccountSession session) {
        Optional<Account> account = store.account(session.accountId());
        return session.appPassword().isPresent()
                ? account.flatMap(found -> apps.find(found.id(), session.appPassword().get())
                        .map(app -> granted(session.protocol(), found, app))).orElseGet(Outcome.Wrong::new)
                : account.filter(found -> found.credentialVersion() == session.credentialVersion())
                        .map(found -> granted(session.protocol(), found)).orElseGet(Outcome.Wrong::new);
    }

    /** A client sent what nobody can read: a failure of its network, and of no account. */
    public Outcome unreadable(String clientAddress) {
        return limits.within(Optional.empty(), clientAddress, Outcome.Wrong::new);
    }

    private Outcome check(SessionProtocol protocol, LoginName name, Credentials credentials) {
        Optional<Account> account = addresses.login(name);
        Optional<AppPassword> app = apps.matching(account.map(Account::id), credentials.password());
        if (app.isPresent() && account.isPresent()) {
            return byApp(protocol, account.get(), app.get(), credentials);
        }
        return right(account, credentials) ? granted(protocol, account.orElseThrow()) : new Outcome.Wrong();
    }

    /** Whether it is the account's own password. */
    private boolean right(Optional<Account> account, Credentials credentials) {
        boolean fits = credentials.password().length() <= LONGEST_PASSWORD;
        boolean right = passwords.matches(account.map(Account::password), fits ? credentials.password() : "");
        if (!right || !fits || !account.orElseThrow().is(credentials.authorizationId())) {
            return false;
        }
        if (scram.outdated(account.get().scram())) {
            scram.keysOf(credentials.password()).ifPresent(keys -> store.setScram(account.get(), keys));
        }
        return true;
    }

    private Outcome byApp(SessionProtocol protocol, Account account, AppPassword app, Credentials credentials) {
        if (!account.is(credentials.authorizationId())) {
            return new Outcome.Wrong();
        }
        Outcome outcome = granted(protocol, account, app);
        if (outcome instanceof Outcome.Granted) {
            apps.used(account.id(), app.id(), protocol, credentials.clientAddress());
        }
        return outcome;
    }

    private static Outcome granted(SessionProtocol protocol, Account account, AppPassword app) {
        return account.mayUse(protocol) && app.protocols().contains(protocol)
                ? new Outcome.Granted(account, Optional.of(app.id())) : new Outcome.Disabled();
    }

    static Outcome granted(SessionProtocol protocol, Account account) {
        return account.mayUse(protocol) ? new Outcome.Granted(account, Optional.empty()) : new Outcome.Disabled();
    }
}
