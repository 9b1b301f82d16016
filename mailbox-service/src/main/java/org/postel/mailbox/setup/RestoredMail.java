package org.postel.mailbox.setup;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.postel.mailbox.storage.Restored;
import org.postel.mailbox.storage.StoreException;
import org.postel.mailbox.storage.StoreException.Problem;
import org.postel.mailbox.store.RestoredMailboxes;
import org.postel.mailbox.tree.AccountTrees;

/** Goes through the accounts in the order in which the cluster has them, some of them at the same time. */
record RestoredMail(AccountTrees trees, RestoredMailboxes mailboxes) implements Restored {

    /** Each waits for Cassandra most of the time, and holds the state of one mailbox meanwhile. */
    private static final int AT_ONCE = 8;

    @Override
    public Part advance(Optional<UUID> after, int most) {
        List<UUID> accounts = trees.accounts(after, most);
        int done = 0;
        try (ExecutorService hands = Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().name("restored-", 0).factory())) {
            List<Future<Integer>> under = accounts.stream().map(account -> hands.submit(() -> advance(account))).toList();
            try {
                for (Future<Integer> one : under) {
                    done += settled(one);
                }
            } finally {
                // After a failure what did not begin is left for the next time.
                under.forEach(one -> one.cancel(false));
            }
        }
        return new Part(accounts.size(), done, accounts.size() < most ? Optional.empty() : Optional.of(accounts.getLast()));
    }

    /** How many mailboxes it has. */
    private int advance(UUID account) {
        trees.advance(account);
        int done = 0;
        for (UUID mailbox : trees.mailboxes(account)) {
            try {
                mailboxes.advance(account, mailbox);
                done++;
            } catch (StoreException e) {
                // It is gone, and its name was just about to go, or it went meanwhile.
                if (e.problem() != Problem.NOT_FOUND) {
                    throw e;
                }
            }
        }
        return done;
    }

    private static int settled(Future<Integer> one) {
        try {
            return one.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException(Problem.UNAVAILABLE, "interrupted", e);
        }
    }
}
