package org.postel.mailbox.directory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.postel.mailbox.directory.Authentication.Outcome;
import org.postel.mailbox.password.ClientNetwork;
import org.postel.mailbox.password.FailureLimit;

/**
 * How often somebody may be wrong, whatever the mechanism: each failure counts against the account's name and the client's network. A
 * failure is told to all instances, and each counts those of all when it sees one itself: so whoever turns to another gains one try
 * with each at most, and a right password costs no more than before.
 */
public final class LoginLimits {

    private static final Duration WELL_KNOWN = Duration.ofDays(1);

    private final FailureLimit byAccount;
    private final FailureLimit byClient;
    private final FailureLog log;
    private final Cache<String, Boolean> wellKnown = Caffeine.newBuilder().maximumSize(100_000).expireAfterWrite(WELL_KNOWN).build();

    public LoginLimits(FailureLimit byAccount, FailureLimit byClient, FailureLog log) {
        this.byAccount = byAccount;
        this.byClient = byClient;
        this.log = log;
    }

    /**
     * Makes a check unless there were too many failures of late.
     *
     * @param name whose account it is about; empty: nobody can say before the check
     */
    Outcome within(Optional<String> name, String clientAddress, Supplier<Outcome> check) {
        String client = ClientNetwork.of(clientAddress);
        if (!byClient.take(client)) {
            return new Outcome.Limited(Outcome.Scope.CLIENT);
        }
        // Whoever logged in from here before is not locked out by somebody else's guesses.
        Optional<String> limited = name.filter(account -> wellKnown.getIfPresent(account + " " + client) == null);
        if (limited.isPresent() && !byAccount.take(limited.get())) {
            return new Outcome.Limited(Outcome.Scope.ACCOUNT);
        }
        boolean wrong = false;
        try {
            Outcome outcome = check.get();
            wrong = outcome instanceof Outcome.Wrong;
            if (!wrong) {
                name.ifPresent(account -> wellKnown.put(account + " " + client, Boolean.TRUE));
            }
            return outcome;
        } finally {
            // What could not be checked was no guess: a database that is away locks nobody out.
            if (wrong) {
                byClient.adopt(client, log.add("client:" + client, byClient.memory()));
                limited.ifPresent(account -> byAccount.adopt(account, log.add("account:" + account, byAccount.memory())));
            } else {
                byClient.succeeded(client);
                limited.ifPresent(byAccount::succeeded);
            }
        }
    }
}
