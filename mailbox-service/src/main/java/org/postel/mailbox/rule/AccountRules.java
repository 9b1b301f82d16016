package org.postel.mailbox.rule;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.postel.mail.rule.RuleSet;
import org.postel.mailbox.api.v1.StoredRules;
import org.postel.mailbox.directory.Account;
import org.postel.mailbox.directory.CanonicalAddress;
import org.postel.mailbox.directory.DirectoryException;
import org.postel.mailbox.directory.DirectoryException.Fault;
import org.postel.mailbox.storage.MailboxTrees;
import org.postel.mailbox.storage.StoreException;

/**
 * The rules of accounts. New ones are in force some seconds after they were saved, for messages that are accepted from then on; those before
 * are kept for messages that were accepted in their time, so that a message that is delivered again is filed as it was.
 */
public final class AccountRules {

    /** Longer than anything is tried, also when it was held for a while. */
    private static final Duration KEPT = Duration.ofDays(30);
    private static final int MOST_VERSIONS = 100;
    private static final int LARGEST = 128 << 10;
    /** By how much the clocks of gateways and instances may differ, for a message that is delivered twice while its rules change. */
    private static final Duration SETTLES = Duration.ofSeconds(2);
    /** A delivery-worker remembers for so long that an account has none. */
    private static final Duration WORKER_REMEMBERS = Duration.ofSeconds(3);

    private final RuleStore store;
    private final RuleFolders folders;
    private final Duration remembered;
    private final Clock clock;

    /** @param remembered how long instances remember that an account has no rules */
    public AccountRules(RuleStore store, MailboxTrees trees, Duration remembered, Clock clock) {
        this.store = store;
        this.folders = new RuleFolders(trees);
        this.remembered = remembered;
        this.clock = clock;
    }

    /** What a client must have seen to change it. */
    @FunctionalInterface
    public interface Seen {
        void check(Saved now) throws DirectoryException;
    }

    /**
     * An account's rules.
     *
     * @param revision rises with each change; 0: there never were any
     * @param since    they are for messages that were accepted from then on; empty: there are none
     */
    public record Saved(int revision, RuleSet rules, Optional<Instant> since) {}

    /** The rules that were saved last, with the names that their mailboxes have now. */
    public Saved of(UUID account) {
        return saved(account, store.history(account));
    }

    private Saved saved(UUID account, RuleStore.History history) {
        RuleSet rules = history.newest().map(version -> RuleRecords.rules(version.rules())).orElse(RuleSet.NONE);
        return new Saved(history.revision(), folders.named(account, rules), history.newest().map(RuleStore.Version::since));
    }

    /**
     * Gives an account other rules; mailboxes they name and that are missing are created.
     *
     * @param seen may refuse what was changed meanwhile
     * @throws DirectoryException INVALID when they cannot be, IN_USE when somebody else changes them now
     */
    public Saved save(Account account, RuleSet rules, Seen seen) throws DirectoryException {
        RuleStore.History before = store.history(account.id());
        seen.check(saved(account.id(), before));
        checkTargets(account, rules);
        StoredRules stored = RuleRecords.stored(withFolders(account.id(), rules));
        if (stored.getSerializedSize() > LARGEST) {
            throw new DirectoryException(Fault.INVALID, "rules have " + LARGEST + " octets at most");
        }
        RuleStore.Version next = new RuleStore.Version(since(before), stored);
        if (!store.save(account.id(), before, next, forgotten(before))) {
            throw new DirectoryException(Fault.IN_USE, "somebody else changes these rules");
        }
        return saved(account.id(), new RuleStore.History(before.revision() + 1, Optional.of(next), List.of()));
    }

    private RuleSet withFolders(UUID account, RuleSet rules) throws DirectoryException {
        try {
            return folders.found(account, rules);
        } catch (StoreException e) {
            if (e.problem() == StoreException.Problem.INVALID || e.problem() == StoreException.Problem.LIMIT) {
                throw new DirectoryException(Fault.INVALID, "a folder cannot be: " + e.getMessage());
            }
            throw e;
        }
    }

    /** Whoever learned before that there are no rules has forgotten it by then. */
    private Instant since(RuleStore.History before) {
        Duration later = before.revision() == 0 ? remembered.plus(WORKER_REMEMBERS).plus(SETTLES) : SETTLES;
        Instant since = clock.instant().plus(later);
        Instant last = before.newest().map(RuleStore.Version::since).orElse(Instant.MIN);
        return since.isAfter(last) ? since : last.plusMillis(1);
    }

    /** From when on states are kept: the last one of those that are old enough may still be in force for a message. */
    private Optional<Instant> forgotten(RuleStore.History before) {
        Instant old = clock.instant().minus(KEPT);
        Optional<Instant> needed = before.times().stream().filter(time -> !time.isAfter(old)).findFirst();
        return before.times().size() < MOST_VERSIONS ? needed.filter(time -> time.isAfter(before.times().getLast()))
                : Optional.of(before.times().get(MOST_VERSIONS - 2));
    }

    private static void checkTargets(Account account, RuleSet rules) throws DirectoryException {
        Set<String> own = new HashSet<>(account.sendsFrom());
        for (String target : rules.rules().stream().flatMap(rule -> rule.actions().forwards().stream()).toList()) {
            String canonical = CanonicalAddress.of(target)
                    .orElseThrow(() -> new DirectoryException(Fault.INVALID, "not an address of the form local-part@domain")).toString();
            if (own.contains(canonical)) {
                throw new DirectoryException(Fault.INVALID, "an account does not forward to itself");
            }
        }
    }

    /** Forgets the rules of an account that goes. */
    public void removeAll(UUID account) {
        store.removeAll(account);
    }
}
