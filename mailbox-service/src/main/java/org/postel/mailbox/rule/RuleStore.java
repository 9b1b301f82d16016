package org.postel.mailbox.rule;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.postel.mailbox.api.v1.StoredRules;

/** The states that the rules of accounts have had of late. Each call throws StoreException. */
public interface RuleStore {

    /**
     * One state.
     *
     * @param since it is for messages that were accepted from then on
     */
    record Version(Instant since, StoredRules rules) {}

    /**
     * All that is known of an account's rules.
     *
     * @param revision rises with each change; 0: there never were any
     * @param newest   the state that was saved last; empty: none
     * @param times    of all states, newest first
     */
    record History(int revision, Optional<Version> newest, List<Instant> times) {

        public History {
            times = List.copyOf(times);
        }
    }

    /** Whether the account has rules, or had. */
    boolean any(UUID account);

    /** The states of an account. */
    History history(UUID account);

    /** The rules for messages that were accepted at a time. */
    Optional<StoredRules> at(UUID account, Instant accepted);

    /**
     * Adds a state, and forgets those before a time, unless the rules have changed since they were read. False when they have.
     *
     * @param forget empty: none
     */
    boolean save(UUID account, History before, Version next, Optional<Instant> forget);

    /** Forgets the rules of an account. */
    void removeAll(UUID account);
}
