package org.postel.mailbox.directory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import org.postel.mailbox.identity.SessionProtocol;
import org.postel.mailbox.password.FailureLimit;
import org.postel.mailbox.password.Passwords;

/** Decides who may log in. */
public final class Authentication {

    private static final Duration WELL_KNOWN = Duration.ofDays(1);
    private static final int LONGEST_NAME = 320;
    private static final int LONGEST_PASSWORD = 1_024;
    private static final UUID NOBODY = new UUID(0, 0);

    private final AddressBook addresses;
    private final DirectoryStore store;
    private final Passwords passwords;
    private final FailureLimit byAccount;
    private final FailureLimit byClient;
    private final Cache<String, Boolean> wellKnown = Caffeine.newBuilder().maximumSize(100_000).expireAfterWrite(WELL_KNOWN).build();

    public Authentication(AddressBook addresses, DirectoryStore store, Passwords passwords, FailureLimit byAccount, FailureLimit byClient) {
        this.addresses = addresses;
        this.store = store;
        this.passwords = passwords;
        this.byAccount = byAccount;
        this.byClient = byClient;
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
        record Granted(Account account) implements Outcome {}

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
        Optional<CanonicalAddress> name = credentials.authenticationId().length() > LONGEST_NAME
                ? Optional.empty()
                : CanonicalAddress.of(credentials.authenticationId());
        String nameKey = name.map(addresses::withoutDetail).map(CanonicalAddress::toString).orElse("?");
        String clientKey = network(credentials.clientAddress());
        if (!byClient.take(clientKey)) {
            return new Outcome.Limited(Outcome.Scope.CLIENT);
        }
        // Whoever logged in from here before is not locked out by somebody else's guesses.
        boolean limited = name.isPresent() && wellKnown.getIfPresent(nameKey + " " + clientKey) == null;
        if (limited && !byAccount.take(nameKey)) {
            return new Outcome.Limited(Outcome.Scope.ACCOUNT);
        }
        boolean wrong = false;
        try {
            Outcome outcome = check(protocol, name, credentials);
            wrong = outcome instanceof Outcome.Wrong;
            if (!wrong) {
                wellKnown.put(nameKey + " " + clientKey, Boolean.TRUE);
            }
            return outcome;
        } finally {
            // What could not be checked was no guess: a database that is away locks nobody out.
            if (!wrong) {
                byClient.succeeded(clientKey);
                if (limited) {
                    byAccount.succeeded(nameKey);
                }
            }
        }
    }

    /** The account of a session that goes on, unless it was switched off or its password changed. */
    public Outcome again(SessionProtocol protocol, UUID accountId, int credentialVersion) {
        Optional<Account> account = store.account(accountId).filter(found -> found.credentialVersion() == credentialVersion);
        return account.map(found -> granted(protocol, found)).orElseGet(Outcome.Wrong::new);
    }

    private Outcome check(SessionProtocol protocol, Optional<CanonicalAddress> name, Credentials credentials) {
        Optional<Account> account = name.flatMap(addresses::accountOf);
        if (account.isEmpty()) {
            // The look-up that a known user would have cost.
            account = store.account(NOBODY);
        }
        boolean fits = credentials.password().length() <= LONGEST_PASSWORD;
        boolean right = passwords.matches(account.map(Account::password), fits ? credentials.password() : "");
        if (!right || !fits || !actsAsItself(account.orElseThrow(), credentials.authorizationId())) {
            return new Outcome.Wrong();
        }
        return granted(protocol, account.orElseThrow());
    }

    private static boolean actsAsItself(Account account, String authorizationId) {
        return authorizationId.isEmpty()
                || CanonicalAddress.of(authorizationId).map(CanonicalAddress::toString).filter(account.address()::equals).isPresent();
    }

    private static Outcome granted(SessionProtocol protocol, Account account) {
        return account.mayUse(protocol) ? new Outcome.Granted(account) : new Outcome.Disabled();
    }

    /** An IPv6 client has a whole /64 to itself, so that counts as one address. */
    private static String network(String clientAddress) {
        try {
            byte[] octets = InetAddress.ofLiteral(clientAddress).getAddress();
            return HexFormat.of().formatHex(octets.length == 4 ? octets : Arrays.copyOf(octets, 8));
        } catch (IllegalArgumentException e) {
            return "?";
        }
    }
}
