package org.postel.mailbox.sending;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.postel.mailbox.sending.Limits.Amount;
import org.postel.mailbox.storage.StoreException;

/** Grants accounts to send, as far as their limits and those of their domains go. */
public final class Allowances {

    /** So long a gateway may use what it was granted in advance. */
    static final Duration VALID = Duration.ofSeconds(60);
    /** So long it need not ask where there is no limit: one that is set holds after that. */
    static final Duration WITHOUT_LIMIT = Duration.ofSeconds(1);
    /** Of what is left: the nearer a limit, the less lies unused at gateways. */
    private static final int SHARE = 10;
    private static final Amount MOST_IN_ADVANCE = new Amount(20, 100);
    private static final int ATTEMPTS = 20;

    private final SentStore store;
    private final Function<String, OwnLimits> accounts;
    private final Function<String, OwnLimits> domains;
    private final Limits ofAccount;
    private final Limits ofDomain;
    private final Clock clock;

    /**
     * @param accounts  what the account of a primary address may send, where that is not as configured
     * @param domains   what all accounts of a domain, by its canonical name, may send together, where that is not as configured
     * @param ofAccount of each other account
     * @param ofDomain  of each other domain
     */
    public Allowances(SentStore store, Function<String, OwnLimits> accounts, Function<String, OwnLimits> domains, Limits ofAccount, Limits ofDomain,
            Clock clock) {
        this.store = store;
        this.accounts = accounts;
        this.domains = domains;
        this.ofAccount = ofAccount;
        this.ofDomain = ofDomain;
        this.clock = clock;
    }

    /** The answer. */
    public sealed interface Answer {
        /** At least what was asked for, to be used until then. */
        record Granted(Amount amount, Duration valid) implements Answer {}

        /** Nothing was counted, but perhaps for the account when it is its domain that has no room. */
        record Refused(Excess excess) implements Answer {}
    }

    private record Scope(String name, Limits limits, boolean isDomain) {}

    /**
     * For one message of an account.
     *
     * @param account its primary address
     * @throws StoreException when the database does not answer, or too many ask at once
     */
    public Answer message(String account, int recipients) {
        Amount asked = new Amount(1, recipients);
        List<Scope> scopes = scopes(account);
        if (scopes.isEmpty()) {
            return new Answer.Granted(new Amount(Integer.MAX_VALUE, Integer.MAX_VALUE), WITHOUT_LIMIT);
        }
        Instant now = clock.instant();
        Amount granted = new Amount(asked.messages() + MOST_IN_ADVANCE.messages(), asked.recipients() + MOST_IN_ADVANCE.recipients());
        for (Scope scope : scopes) {
            Sent sent = store.read(scope.name()).at(now);
            Optional<Excess> excess = sent.excess(scope.limits(), asked, scope.isDomain(), now);
            if (excess.isPresent()) {
                return new Answer.Refused(excess.get());
            }
            granted = least(granted, inAdvance(asked, sent.room(scope.limits())));
        }
        for (Scope scope : scopes) {
            switch (take(scope, asked, granted, now)) {
                case Answer.Granted(Amount amount, Duration valid) -> granted = amount;
                case Answer.Refused refused -> {
                    return refused;
                }
            }
        }
        // Nothing is carried over into the next hour, where it would count for nobody.
        Duration hourEnds = Duration.ofSeconds(3_600 - now.getEpochSecond() % 3_600);
        return new Answer.Granted(granted, hourEnds.compareTo(VALID) < 0 ? hourEnds : VALID);
    }

    private List<Scope> scopes(String account) {
        List<Scope> scopes = new ArrayList<>();
        add(scopes, "account:" + account, accounts.apply(account).over(ofAccount), false);
        String domain = account.substring(account.lastIndexOf('@') + 1);
        add(scopes, "domain:" + domain, domains.apply(domain).over(ofDomain), true);
        return scopes;
    }

    private static void add(List<Scope> scopes, String name, Limits limits, boolean isDomain) {
        if (!limits.none()) {
            scopes.add(new Scope(name, limits, isDomain));
        }
    }

    /** Counts what is granted: less in advance, or nothing, when others took it meanwhile. */
    private Answer take(Scope scope, Amount asked, Amount wanted, Instant now) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Sent before = store.read(scope.name());
            Sent sent = before.at(now);
            Optional<Excess> excess = sent.excess(scope.limits(), asked, scope.isDomain(), now);
            if (excess.isPresent()) {
                return new Answer.Refused(excess.get());
            }
            Amount granted = sent.excess(scope.limits(), wanted, scope.isDomain(), now).isPresent() ? asked : wanted;
            if (store.replace(scope.name(), before, sent.plus(granted))) {
                return new Answer.Granted(granted, VALID);
            }
            LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(1_000_000L << Math.min(attempt, 5)));
        }
        throw new StoreException(StoreException.Problem.UNAVAILABLE, "too many want to send at once");
    }

    private static Amount inAdvance(Amount asked, Amount room) {
        return new Amount(asked.messages() + (room.messages() - asked.messages()) / SHARE,
                asked.recipients() + (room.recipients() - asked.recipients()) / SHARE);
    }

    private static Amount least(Amount one, Amount other) {
        return new Amount(Math.min(one.messages(), other.messages()), Math.min(one.recipients(), other.recipients()));
    }
}
